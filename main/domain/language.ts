/** Languages that texts exist in, as BCP 47 names; each has its file in main/messages. */
export const languages = ['en'] as const;
export type Language = (typeof languages)[number];

/** The first language that is wanted and there; English where none is. `wanted` are locales, the best first. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const known = wanted.map(baseOf).flatMap((base) => languages.filter((language) => language === base));
  return known[0] ?? languages[0];
}

/**
 * The locale that a text's plurals and numbers are written by: the wanted one where it is of the text's own language,
 * as other languages have other plurals.
 */
export function localeOf(language: string, wanted: string): string {
  return baseOf(wanted) === language ? wanted : language;
}

const rightToLeft: readonly string[] = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];

export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(baseOf(language)) ? 'rtl' : 'ltr';
}

function baseOf(locale: string): string {
  return locale.split(/[-_]/u)[0]?.toLowerCase() ?? '';
}
