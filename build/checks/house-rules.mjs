/** @typedef {{ path: string, text: string }} SourceFile `path` relative to the root, with slashes */
/** @typedef {{ name: string, message: string, applies: (path: string) => boolean, pattern: RegExp }} LineRule */

const isTest = (/** @type {string} */ path) => path.startsWith('tests/');
const isTestFile = (/** @type {string} */ path) => /\.(?:test|spec)\.ts$/u.test(path);
const isCode = (/** @type {string} */ path) => /\.(?:ts|mjs|js|svelte|sh)$/u.test(path);
const isLock = (/** @type {string} */ path) => path === 'package-lock.json';
const everywhere = (/** @type {string} */ path) => !isLock(path);

/**
 * Patterns that no line may match, written so that they don't match themselves.
 * @type {readonly LineRule[]}
 */
const lineRules = [
  {
    name: 'machine-path',
    message: 'a path of one machine',
    applies: everywhere,
    pattern: /(?<![\w.*])\/(?:work|root|farm|home\/(?!you\/)\w+|Users\/\w+|tmp\/bash_jobs)\/|\b[A-Z]:\\{1,2}Users\\/u,
  },
  {
    name: 'registry-host',
    message: 'a package registry is named; the person’s own npm settings decide',
    applies: everywhere,
    pattern: /registry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.|(?:artifactory|verdaccio|nexus)[\w-]*\.[a-z]/iu,
  },
  {
    name: 'lock-host',
    message: 'the lock names a host: run npm install with the project’s .npmrc in force',
    applies: isLock,
    pattern: /"resolved": *"[a-z+]+:/u,
  },
  {
    name: 'left-over',
    message: 'left for later: do it, or open an issue',
    applies: isCode,
    pattern: /\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b/u,
  },
  {
    name: 'narrowed',
    message: 'a test is switched off or stands alone; tests/support/lawful-skip.ts is the only way to skip',
    applies: (path) => isTest(path) && isCode(path) && path !== 'tests/support/lawful-skip.ts',
    pattern:
      /\b(?:describe|test|it|suite|bench)(?:\.\w+)*\.(?:only|skip|todo|fails|skipIf|runIf)\b|\bx(?:it|describe)\(/u,
  },
  {
    name: 'sleeping',
    message: 'a test sleeps: wait for what is expected instead (vi.waitFor, expect.poll)',
    applies: isTestFile,
    pattern: /setTimeout\(\s*(?:r|res|resolve|done|ok)\s*,|from 'node:timers\/promises'|\bsleep\(\d/u,
  },
  {
    name: 'exemption',
    message: 'a rule or a type is switched off',
    applies: isCode,
    pattern: /eslint-disabl[e]|@ts-(?:ignor[e]|nochec[k])|prettier-ignor[e]/u,
  },
];

/** Folder and file names are lower-case words with hyphens; a Svelte component is named like a type. */
const lowerName = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/u;
const componentName = /^[A-Z][A-Za-z0-9]*\.svelte$/u;
const document = /^[A-Z]+(?:\.md)?$/u;

/**
 * Lists the breaches of the house rules, as `path:line  message`.
 * @param {readonly SourceFile[]} files
 * @returns {string[]}
 */
export function breaches(files) {
  return files.flatMap((file) => [...nameBreaches(file.path), ...lineBreaches(file), ...wholeFileBreaches(file)]);
}

/** @param {SourceFile} file */
function lineBreaches({ path, text }) {
  const rules = lineRules.filter((rule) => rule.applies(path));
  return text.split('\n').flatMap((line, index) => {
    return rules.filter((rule) => rule.pattern.test(line)).map((rule) => `${path}:${index + 1}  ${rule.message}`);
  });
}

/** @param {SourceFile} file */
function wholeFileBreaches({ path, text }) {
  if (!isTestFile(path) || /\bexpect\b|\bassert\b/u.test(text)) return [];
  return [`${path}  nothing is asserted in it`];
}

/** @param {string} path */
function nameBreaches(path) {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const isFixture = parts.includes('fixtures');
  const wrong = parts.filter((part) => !isFixture && !lowerName.test(part) && !isOtherName(part, part === file));
  const barrel = /^index\.(?:ts|mjs|js)$/u.test(file) ? [`${path}  a barrel: import from the files themselves`] : [];
  return [...wrong.map((part) => `${path}  the name "${part}" is not in kebab-case`), ...barrel];
}

/**
 * @param {string} part
 * @param {boolean} isFile
 */
function isOtherName(part, isFile) {
  return isFile && (componentName.test(part) || document.test(part));
}
