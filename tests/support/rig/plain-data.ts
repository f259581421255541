/**
 * Clones a value as it crosses a process boundary in Electron. The channel to the page carries less than a structured
 * clone, so values that it would silently change (a Map, a Set, a class instance) throw. Must be self-contained, as its
 * source text is sent to the page.
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
    for (const inner of Object.values(part)) refuseOthers(inner);
  };
  const copy: unknown = structuredClone(value);
  refuseOthers(copy);
  return copy;
}
