/** @typedef {import('./house-rules.mjs').SourceFile} SourceFile */

/**
 * Returns the problems of the interface's texts: keys that nothing uses, repeated keys, texts that aren't valid ICU
 * messages. The compiler finds missing keys.
 * @param {readonly SourceFile[]} languageFiles JSON, key to text
 * @param {readonly SourceFile[]} sources the interface's code
 * @param {(text: string) => unknown} parse throws if a text isn't an ICU message
 * @returns {string[]}
 */
export function messageProblems(languageFiles, sources, parse) {
  const isUsed = createUsedKeyTest(sources);
  return languageFiles.flatMap(({ path, text }) => {
    const problems = Object.entries(JSON.parse(text)).flatMap(([key, message]) => [
      ...(isUsed(key) ? [] : [`${path}  nothing uses "${key}"`]),
      ...syntaxProblem(parse, message).map((problem) => `${path}  "${key}": ${problem}`),
    ]);
    return [...problems, ...repeatedKeys(text).map((key) => `${path}  "${key}" is there twice`)];
  });
}

/**
 * Returns the keys that occur twice in a JSON object, of which a parser keeps the last.
 * @param {string} text
 */
function repeatedKeys(text) {
  const keys = [...text.matchAll(/"([\w.-]+)":/gu)].map(([, key]) => key);
  return keys.filter((key, index) => keys.indexOf(key) < index);
}

/**
 * Creates a test for the keys that the code uses, as literals or as templates such as `sort.${key}.up`.
 * @param {readonly SourceFile[]} sources
 */
function createUsedKeyTest(sources) {
  const code = sources.map(({ text }) => text).join('\n');
  const literals = new Set([...code.matchAll(/['"]([\w-]+(?:\.[\w-]+)+)['"]/gu)].map(([, key]) => key));
  const templates = [...code.matchAll(/`([\w-]+\.(?:[\w.-]|\$\{[^}]*\})*)`/gu)]
    .filter(([, template]) => template?.includes('${'))
    .map(
      ([, template = '']) =>
        new RegExp(
          `^${template
            .split(/\$\{[^}]*\}/u)
            .map(escape)
            .join('[\\w-]+')}$`,
          'u',
        ),
    );
  return (/** @type {string} */ key) => literals.has(key) || templates.some((template) => template.test(key));
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('.', String.raw`\.`);
}

/**
 * @param {(text: string) => unknown} parse
 * @param {unknown} message
 */
function syntaxProblem(parse, message) {
  if (typeof message !== 'string' || message.trim() === '') return ['is no text'];
  try {
    parse(message);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
