// Prints the problems of the interface's texts; exits with 1 if there are any.
import { IntlMessageFormat } from 'intl-messageformat';
import { root } from '../bootstrap/paths.mjs';
import { messageProblems } from './message-keys.mjs';
import { sourceFiles } from './source-files.mjs';

// The window's host uses the texts of notifications and menus.
const files = sourceFiles(root).filter(({ path }) =>
  /^(?:renderer|main\/messages|main\/hosts\/electron)\//u.test(path),
);
const languages = files.filter(({ path }) => /^main\/messages\/.*\.json$/u.test(path));
const sources = files.filter(({ path }) => /\.(?:ts|svelte)$/u.test(path));
const problems = messageProblems(languages, sources, (text) => new IntlMessageFormat(text, 'en'));
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 || languages.length === 0 ? 1 : 0;
