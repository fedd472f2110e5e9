// Keeps a page current while somebody looks at it. The server says that
// something may have changed and nothing more; then the page is fetched again,
// and what differs is taken over:
//
//   .live-status[data-live]    the stream's address; changes are said here
//   [data-live-part=key]      is replaced
//   [data-live-list=key]      holds rows, which change in place; the new ones, and a
//   [data-live-row=id]        new order, wait for a button in the list's
//   [data-live-more=key]      place for it
//
// Nothing moves under a pointer, and what somebody is using stays until they
// have left it. Where there is no stream, the page is reloaded instead.
(() => {
  'use strict';

  const status = document.querySelector('.live-status');
  const words = status ? status.dataset : {};
  const find = (root, what, key) => root.querySelector(`[data-live-${what}="${CSS.escape(key)}"]`);

  // --- Saying: one message in ten seconds, the latest.

  const quiet = 10000;
  let said = -quiet;
  let speaking = 0;
  let toSay = '';

  function say(text) {
    toSay = text;
    if (status && !speaking) speaking = setTimeout(speak, Math.max(0, said + quiet - performance.now()));
  }

  function speak() {
    const text = toSay;
    speaking = 0;
    said = performance.now();
    status.textContent = '';
    setTimeout(() => { status.textContent = text; }, 100); // else the same words twice are said once
  }

  // Takes back what is no longer true.
  function hush() {
    clearTimeout(speaking);
    speaking = 0;
    if (status) status.textContent = '';
  }

  const updated = 'Siden er opdateret';

  function count(n) {
    if (n === 1) return words.liveOne || 'Der er 1 ændring. Genindlæs for at se den.';
    return (words.liveMany || 'Der er {n} ændringer. Genindlæs for at se dem.').replace('{n}', n);
  }

  // --- What is in use.

  // A mouse points at what it may press next; a finger leaves :hover behind.
  let mouse = false;
  ['pointermove', 'pointerdown'].forEach((moved) => addEventListener(moved, (event) => { mouse = event.pointerType === 'mouse'; }, { passive: true }));
  const toPress = () => `:is(a, button, summary, label, input, select, textarea):is(:active${mouse ? ', :hover' : ''})`;

  function inUse(element) {
    const pressing = document.querySelector(toPress());
    const selection = getSelection();
    return element.contains(document.activeElement)
      || element.matches('details[open]') || element.querySelector('details[open]') !== null
      || selection.type === 'Range' && selection.containsNode(element, true)
      || pressing !== null && (element.contains(pressing) || isAfter(pressing, element))
      || typed(element);
  }

  // What comes after an element moves when the element's height changes.
  function isAfter(later, element) {
    return (element.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }

  function typed(element) {
    return [...element.querySelectorAll('input, textarea, select')].some((field) => {
      if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((o) => o.defaultSelected));
      if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
      return field.value !== field.defaultValue;
    });
  }

  // --- Taking over from the fetched page.

  // What an element was when it came, before scripts and people touched it.
  const original = new WeakMap();
  document.querySelectorAll('[data-live-part], [data-live-row]').forEach((element) => original.set(element, element.cloneNode(true)));

  let fetched = null; // the page as the server has it
  let changed = false; // something was taken over
  let held = false; // something waits until it is left
  let told = 0; // the number of new rows that was said last
  let later = 0;

  function takeOver(back) {
    clearTimeout(later);
    [changed, held] = [false, false];
    if (document.title !== fetched.title) document.title = fetched.title;
    document.querySelectorAll('[data-live-part]').forEach((part) => {
      const source = find(fetched, 'part', part.dataset.livePart);
      if (source) put(part, source);
    });
    let news = 0;
    document.querySelectorAll('[data-live-list]').forEach((list) => {
      const source = find(fetched, 'list', list.dataset.liveList);
      if (source) news += follow(list, source);
    });
    if (news > 0 && news !== told) say(count(news));
    else if (changed || back) say(updated);
    else if (news === 0 && told > 0) hush();
    told = news;
    if (held) later = setTimeout(takeOver, 1000, false);
  }

  function put(element, source) {
    const was = original.get(element);
    if (was && was.isEqualNode(source)) return;
    change(element, () => {
      const copy = document.importNode(source, true);
      original.set(copy, source);
      element.replaceWith(copy);
    });
  }

  function change(element, how) {
    if (inUse(element)) {
      held = true;
      return;
    }
    how();
    changed = true;
  }

  const rowsOf = (list) => new Map([...list.querySelectorAll('[data-live-row]')].map((row) => [row.dataset.liveRow, row]));

  // Returns how many rows are new. Of a list that goes on elsewhere
  // (data-live-partial), a row that is missing may only have been pushed on.
  function follow(list, source) {
    const [here, there] = [rowsOf(list), rowsOf(source)];
    const partial = 'livePartial' in source.dataset;
    let missing = 0;
    here.forEach((row, id) => {
      if (there.has(id)) put(row, there.get(id));
      else if (partial) missing += 1;
      else if (!row.classList.contains('gone')) change(row, () => cross(row, list.dataset.liveGone));
    });
    const order = [...there.keys()];
    const common = [...here.keys()].filter((id) => there.has(id));
    const fresh = order.length - common.length;
    const moved = common.length - inOrder(common.map((id) => order.indexOf(id)));
    offer(list, source, Math.max(fresh + moved, missing));
    return fresh;
  }

  // How many of the numbers can stay where they are when the rest is sorted.
  function inOrder(numbers) {
    const ends = [];
    numbers.forEach((n) => {
      const i = ends.findIndex((end) => end > n);
      ends[i < 0 ? ends.length : i] = n;
    });
    return ends.length;
  }

  // Crosses out a row that is no longer there.
  function cross(row, note = 'Ikke længere på listen') {
    const last = document.createElement('span');
    last.className = 'gone-note';
    last.textContent = note.replace('{kl}', clock());
    (row.querySelector('th, td') || row).append(' ', last);
    row.classList.add('gone');
    original.delete(row); // should it come back, it is another
  }

  function clock() {
    const time = new Date().toLocaleTimeString('da-DK', { timeStyle: 'short', timeZone: 'Europe/Copenhagen' });
    return time.replace(/^0/, '').replace(':', '.');
  }

  function offer(list, source, changes) {
    const place = find(document, 'more', list.dataset.liveList);
    if (!place) return;
    if (changes === 0) {
      if (!place.contains(document.activeElement)) place.replaceChildren();
      return;
    }
    const button = place.querySelector('button') || document.createElement('button');
    button.type = 'button';
    button.className = 'button button-tertiary';
    button.dataset.testId = 'live-more';
    button.textContent = changes === 1 ? 'Vis 1 ændring' : `Vis ${changes} ændringer`;
    button.onclick = () => show(list, source, place);
    if (!button.isConnected) place.append(button);
  }

  // Puts the fetched list in place, save rows that somebody has typed in, and
  // the focus on the first that is new.
  function show(list, source, place) {
    const [before, sources, copy] = [rowsOf(list), rowsOf(source), document.importNode(source, true)];
    rowsOf(copy).forEach((row, id) => {
      original.set(row, sources.get(id));
      if (before.has(id) && typed(before.get(id))) row.replaceWith(before.get(id));
    });
    list.replaceChildren(...copy.childNodes);
    place.replaceChildren();
    const [, first] = [...rowsOf(list)].find(([id]) => !before.has(id)) || [null, list];
    first.tabIndex = -1;
    first.focus();
    told = 0;
    hush();
  }

  // --- Looking: fetching the page again.

  const soon = 400; // at most: pages that hear of the same thing do not all come at once
  const again = 2000;
  const longer = 10000;
  const muchLater = 30000;
  let planned = 0;
  let looking = false;
  let failed = 0;
  let over = false; // the page may not be shown any more

  function plan(after) {
    clearTimeout(planned);
    planned = setTimeout(look, after);
  }

  async function look() {
    planned = 0;
    if (over || document.hidden) return;
    if (looking) {
      plan(soon);
      return;
    }
    looking = true;
    const before = failed;
    try {
      const answer = await fetch(location.href, { headers: { 'Spark-Live': 'look' }, cache: 'no-store', redirect: 'manual' });
      if (answer.ok) {
        fetched = new DOMParser().parseFromString(await answer.text(), 'text/html');
        failed = 0;
      } else {
        over = answer.status < 500; // a redirect has none: it leads to the login
        failed += 1;
      }
    } catch {
      failed += 1; // the network or the server is away
    }
    looking = false;
    if (failed > 0) goOn();
    else takeOver(before > 1);
  }

  // After a failure: once may be chance.
  function goOn() {
    if (over || failed > 1) say('Siden opdaterer sig ikke. Genindlæs den.');
    if (over) close();
    else plan(failed > 1 ? muchLater : again);
  }

  // --- The stream, closed while nobody sees the page: browsers allow few.

  let stream = null;
  let since = 0;
  let reopening = 0;

  function open() {
    if (stream || over || document.hidden || !words.live || !window.EventSource) return;
    clearTimeout(reopening);
    stream = new EventSource(words.live);
    since = performance.now();
    stream.addEventListener('changed', () => plan(Math.random() * soon)); // the first comes at once
    stream.addEventListener('error', () => {
      if (stream && stream.readyState === EventSource.CLOSED) refused();
      else if (!planned) plan(longer); // the browser tries by itself; is the page there?
    });
  }

  function close() {
    clearTimeout(reopening);
    if (stream) stream.close();
    stream = null;
  }

  // The browser has given up. Whether the page may still be shown, it tells.
  function refused() {
    close();
    reopening = setTimeout(() => {
      plan(0);
      open();
    }, muchLater * (0.5 + Math.random() / 2));
  }

  addEventListener('pageshow', open);
  addEventListener('pagehide', close);
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));

  // --- Reloading, while something is worked on and there is no stream. It
  // never takes the page away from somebody who has begun to use it.

  const reloaded = 'spark-reloaded';
  const streaming = () => stream !== null && (stream.readyState === EventSource.OPEN || performance.now() < since + longer);
  const untouched = () => document.activeElement === document.body && !document.querySelector('details[open]');

  function reload() {
    const waiting = document.querySelector('[data-refresh]');
    if (waiting && !streaming() && failed === 0 && !document.hidden && untouched()) {
      sessionStorage.setItem(reloaded, location.pathname);
      location.reload();
      return;
    }
    watch();
  }

  function watch() {
    const waiting = document.querySelector('[data-refresh]');
    if (waiting || words.live) setTimeout(reload, Number(waiting ? waiting.dataset.refresh : 3) * 1000);
  }

  if (!document.querySelector('[data-refresh]')) {
    if (sessionStorage.getItem(reloaded) === location.pathname) say(updated);
    sessionStorage.removeItem(reloaded);
  }
  addEventListener('load', watch);
})();
