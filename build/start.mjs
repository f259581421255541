// npm start: the main job before the eyes of whoever tries it: a library, synced, searched, ten pictures on the disk.
import { homedir } from 'node:os';
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { capture, endLike, runThrough } from './bootstrap/processes.mjs';
import { picturesFolder } from './demo/pictures-folder.mjs';

const library = 'Sample library';
const main = path.join(root, 'main', 'hosts', 'cli', 'main.ts');

await prepare(import.meta.url);
const folder = picturesFolder({ home: homedir(), environment: process.env, platform: process.platform });

console.log(
  'Contact Sheet keeps an image library of QuestionPro on your own machine. Here it is with a sample library.',
);
await step('Add the sample library: no account is needed, its pictures are made up', ['sample', '--count', '2000']);
await step('Sync: read the whole list once; the next time one call is enough', ['sync', library]);
await step('Search: the largest PNG files, offline', ['search', ofLibrary('ext:png sort:size-desc'), '--limit', '5']);

const newest = await rows(ofLibrary('-is:other'), ['--limit', '10']);
const ids = newest.map((image) => image.id).sort((one, other) => one - other);
const ten = ofLibrary(`-is:other id:${ids.at(0)}..${ids.at(-1)}`);
await step('Download: the ten newest pictures, each checked for being whole', ['download', ten, '--to', folder]);

const saved = (await rows(ten, [])).flatMap((image) => image.downloaded ?? []);
console.log(`
${saved.length} pictures are on your disk, in ${folder}

What to try next:
  npm run -s cli -- search 'size:>500kb -draft' --limit 20
  npm run -s cli -- download 'ext:gif' --to gifs --dry-run
  npm run -s cli -- doctor
  npm run -s cli -- --help
Your own library (the key is asked for, and is never an argument):
  npm run -s cli -- accounts add --name Brand --datacenter us --user 1234567
  npm run -s cli -- sync Brand
To be rid of the sample again:
  npm run -s cli -- accounts remove '${library}' --delete-catalogue
  and delete ${folder}`);

/** @param {string} query */
function ofLibrary(query) {
  return `account:"${library}" ${query}`;
}

/**
 * Runs a command of the real command line, shown as a person would type it; one that fails ends the tour.
 * @param {string} title
 * @param {readonly string[]} words
 */
async function step(title, words) {
  console.log(`\n${title}\n$ npm run -s cli -- ${words.map(quoted).join(' ')}`);
  const ended = await runThrough(process.execPath, [main, ...words]);
  if (ended.code !== 0 || ended.signal !== null) endLike(ended);
}

/**
 * @param {string} query
 * @param {readonly string[]} options
 * @returns {Promise<{ id: number, downloaded: string | null }[]>}
 */
async function rows(query, options) {
  const { code, signal, stdout, output } = await capture(process.execPath, [
    main,
    'search',
    query,
    ...options,
    '--json',
  ]);
  if (code === 0) return JSON.parse(stdout);
  console.log(output);
  return endLike({ code, signal });
}

/** @param {string} word */
function quoted(word) {
  return /^[\w./:=-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
