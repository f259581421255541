/** Works on each item, at most `atOnce` at a time; after the first exception no more is begun, and it is thrown. */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const working = new Set<Promise<void>>();
  const errors: unknown[] = [];
  for await (const item of items) {
    const one: Promise<void> = work(item)
      .catch((error: unknown) => void errors.push(error))
      .finally(() => working.delete(one));
    working.add(one);
    if (working.size >= atOnce) await Promise.race(working);
    if (errors.length > 0) break;
  }
  await Promise.all(working);
  if (errors.length > 0) throw errors[0];
}
