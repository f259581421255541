import type { AppDeps } from '../app-deps.ts';

/** The position in the result of what was typed: an image's id, `#5000` for a position, `40%` of the way. */
export async function findPosition(app: AppDeps, text: string): Promise<number | undefined> {
  const { result } = app.gallery;
  const count = result?.count ?? 0;
  const [, hash, digits = '', percent] = /^\s*(#)?\s*([\d\s.,]+?)\s*(%)?\s*$/.exec(text) ?? [];
  const number = Number(digits.replace(/[\s.,]/g, ''));
  const handle = result?.handle ?? null;
  if (handle === null || digits === '' || count === 0 || !Number.isSafeInteger(number)) return undefined;
  if (percent !== undefined) return number > 100 ? undefined : Math.round(((count - 1) * number) / 100);
  if (hash !== undefined) return number >= 1 && number <= count ? number - 1 : undefined;
  for (const { id } of [...app.accounts.list, ...app.accounts.retired]) {
    const image = { accountId: id, id: number };
    const found = await app.door.call('catalogue.position', { handle, image });
    if (found.ok && found.value !== null) return found.value;
  }
  return undefined;
}
