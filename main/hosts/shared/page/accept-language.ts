/** Returns the locales of an Accept-Language header, best first; skips malformed entries. */
export function readAcceptLanguage({ headers }: Pick<Request, 'headers'>): readonly string[] {
  const entries = (headers.get('accept-language') ?? '').slice(0, 1000).split(',');
  return entries
    .map((part) =>
      /^\s*(?<locale>[a-z]{2,8}(?:-[a-z\d]{1,8})*)\s*(?:;\s*q=(?<quality>[01](?:\.\d{0,3})?)\s*)?$/iu.exec(part),
    )
    .flatMap((match) => {
      const { locale = '', quality = '1' } = match?.groups ?? {};
      return locale === '' || Number(quality) === 0 ? [] : [{ locale, quality: Number(quality) }];
    })
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ locale }) => locale);
}
