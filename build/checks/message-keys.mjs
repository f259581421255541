/** @typedef {import('./house-rules.mjs').SourceFile} SourceFile */

/**
 * What is wrong with the interface's texts: keys that nothing asks for, keys in two files, texts that are no ICU
 * message. That a key is there that is asked for is the compiler's to say.
 * @param {readonly SourceFile[]} languageFiles JSON, key to text
 * @param {readonly SourceFile[]} sources the interface's code
 * @param {(text: string) => unknown} parse throws on what is no ICU message
 * @returns {string[]}
 */
export function messageProblems(languageFiles, sources, parse) {
  const asked = askedKeys(sources);
  const seen = new Map();
  return languageFiles.flatMap(({ path, text }) => {
    return Object.entries(JSON.parse(text)).flatMap(([key, message]) => {
      const problems = [
        ...(asked(key) ? [] : [`${path}  nothing asks for "${key}"`]),
        ...(seen.has(key) ? [`${path}  "${key}" stands in ${seen.get(key)} too`] : []),
        ...syntaxProblem(parse, message).map((problem) => `${path}  "${key}": ${problem}`),
      ];
      seen.set(key, path);
      return problems;
    });
  });
}

/**
 * Keys stand in the code as texts, or as templates whose middle is worked out: `sort.${key}.up`.
 * @param {readonly SourceFile[]} sources
 */
function askedKeys(sources) {
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
