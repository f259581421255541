// npm start: the main job before the eyes of whoever tries it: a library, synced, searched, ten pictures on the disk.
import { homedir } from 'node:os';
import path from 'node:path';
import { isWithin, root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { capture, endLike, runThrough } from './bootstrap/processes.mjs';
import { picturesFolder } from './demo/pictures-folder.mjs';

const library = 'Sample library';
const main = path.join(root, 'main', 'hosts', 'cli', 'main.ts');

await prepare(import.meta.url);
const folder = picturesFolder({ home: homedir(), environment: process.env, platform: process.platform });
const standsHere = isWithin(root, process.env['INIT_CWD'] ?? root);
const contactSheet = `npm ${standsHere ? '' : `--prefix ${quoted(root)} `}run -s cli --`;

console.log(`Contact Sheet keeps an image library of QuestionPro on your own machine. Here it is with a sample library.
“${contactSheet}” stands for its command, contact-sheet.`);
await step('Add the sample library: no account is needed, its pictures are made up', ['sample', '--count', '2000']);
await step('Sync: read the whole list once; from then on one call finds what is new', ['sync', library]);
await step('Search: the largest PNG files, offline', ['search', ofLibrary('ext:png sort:size-desc'), '--limit', '5']);

const newest = await rows(ofLibrary('-is:other'), ['--limit', '10']);
const ids = newest.map((image) => image.id).sort((one, other) => one - other);
const ten = ofLibrary(`-is:other id:${ids.at(0)}..${ids.at(-1)}`);
const title =
  'Download: the ten newest pictures, each checked for being whole; those that are there already are skipped';
await step(title, ['download', ten, '--to', folder]);

const saved = (await rows(ten, [])).flatMap((image) => image.downloaded ?? []);
console.log(`
These ${saved.length} pictures are on your disk now, in ${folder}
${saved.map((file) => `  ${path.relative(folder, file)}`).join('\n')}

What to try next:
  ${contactSheet} search 'size:>500kb -draft' --limit 20
  ${contactSheet} download 'ext:gif' --to gifs --dry-run
  ${contactSheet} doctor
  ${contactSheet} --help
Your own library (the key is asked for, and is never an argument):
  ${contactSheet} accounts add --name Brand --datacenter us --user 1234567
  ${contactSheet} sync Brand
To be rid of the sample again:
  ${contactSheet} accounts remove ${quoted(library)} --delete-catalogue
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
  console.log(`\n${title}\n$ ${contactSheet} ${words.map(quoted).join(' ')}`);
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
