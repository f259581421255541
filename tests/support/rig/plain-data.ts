/**
 * What crosses a process boundary: a structured clone, as in Electron. The wire to the page carries less than that, so
 * what it would change in silence (a Map, a Set, a class's object) throws. Stands alone, as its text is sent to the page.
 */
export function clonePlain(value: unknown): unknown {
  const seen = new Set<object>();
  const refuseOthers = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || part instanceof Date || seen.has(part)) return;
    seen.add(part);
    const prototype: unknown = Object.getPrototypeOf(part);
    if (!Array.isArray(part) && prototype !== Object.prototype && prototype !== null) {
      throw new Error(`The rig can't carry a ${Object.prototype.toString.call(part).slice(8, -1)}.`);
    }
    for (const inside of Object.values(part)) refuseOthers(inside);
  };
  const copy: unknown = structuredClone(value);
  refuseOthers(copy);
  return copy;
}
