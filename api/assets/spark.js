// Pages work without this file; it only adds.
(() => {
  'use strict';

  // While something is being worked on, the page looks again by itself, but
  // never takes the page away from somebody who has begun to use it.
  const refreshed = 'spark-refreshed';

  function lookAgain(seconds) {
    setTimeout(() => {
      if (document.activeElement !== document.body || document.querySelector('details[open]')) {
        lookAgain(seconds);
        return;
      }
      sessionStorage.setItem(refreshed, location.pathname);
      location.reload();
    }, seconds * 1000);
  }

  function sayRefreshed() {
    const status = document.querySelector('[role=status]');
    const wasHere = sessionStorage.getItem(refreshed) === location.pathname;
    sessionStorage.removeItem(refreshed);
    if (status && wasHere) status.textContent = 'Siden er opdateret';
  }

  document.addEventListener('DOMContentLoaded', () => {
    if (window.DKFDS) window.DKFDS.init();
    const waiting = document.querySelector('[data-refresh]');
    if (waiting) lookAgain(Number(waiting.dataset.refresh));
    else sayRefreshed();
    document.querySelectorAll('[data-print]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => window.print());
    });
  });
})();
