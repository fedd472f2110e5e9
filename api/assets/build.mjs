// Gathers what the pages need in dist/, flat: no bundler, nothing is compiled.
// The server embeds dist/ and gives every file a name with a hash of its
// content, so the style sheets refer to their neighbours by plain name only.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const dkfds = join(here, 'node_modules/dkfds');
const fonts = join(dkfds, 'dist/fonts/IBMPlexSans/split/woff2');

// The weights that the pages use. The design system asks for whole fonts of
// 60-80 kB each; the Latin-1 part of one is 17 kB and holds all of Danish.
const weights = { 400: 'Regular', 600: 'SemiBold', 700: 'Bold' };

const ours = ['spark.css', 'spark.js', 'live.js', 'favicon.svg'];

await empty(dist);
await style();
await script();
for (const file of ours) await copy(join(here, file));
await copy(join(dkfds, 'dist/img/all-svg-icons.svg'));
await copy(join(dkfds, 'LICENSE.md'), 'dkfds-LICENSE.md');
await copy(join(fonts, 'license.txt'), 'IBMPlexSans-LICENSE.txt');

async function style() {
  const css = await read('dist/css/dkfds.min.css');
  const ownFonts = Object.keys(weights).map(fontFace).join('');
  const flat = withoutSourceMap(css)
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/url\(["']?([^"')]+)["']?\)/g, (_, path) => `url(${basename(path)})`);
  // A @charset must stay first.
  const [, charset, rest] = flat.match(/^(@charset "[^"]*";)?([^]*)$/);
  await writeFile(join(dist, 'dkfds.min.css'), (charset ?? '') + ownFonts + rest);

  for (const [, path] of css.matchAll(/url\(["']?([^"')]+\.(?:svg|png))["']?\)/g)) {
    await copy(join(dkfds, 'dist/css', path));
  }
  for (const weight of Object.keys(weights)) await copy(join(fonts, fontFile(weight)));
}

async function script() {
  await writeFile(join(dist, 'dkfds.min.js'), withoutSourceMap(await read('dist/js/dkfds.min.js')));
}

function fontFace(weight) {
  return `@font-face{font-display:swap;font-family:IBM Plex Sans;font-style:normal;font-weight:${weight};` +
    `src:url(${fontFile(weight)}) format("woff2")}`;
}

function fontFile(weight) {
  return `IBMPlexSans-${weights[weight]}-Latin1.woff2`;
}

// The maps are not shipped, and a reference to one is a request for nothing.
function withoutSourceMap(text) {
  return text.replace(/\/[/*]# sourceMappingURL=[^\s*]*(\s*\*\/)?/g, '');
}

function read(path) {
  return readFile(join(dkfds, path), 'utf8');
}

async function copy(from, name = basename(from)) {
  await cp(from, join(dist, name));
}

async function empty(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name !== '.gitkeep') await rm(join(folder, name), { recursive: true });
  }
}
