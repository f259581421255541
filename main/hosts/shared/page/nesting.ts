/**
 * Returns whether a value nests deeper than `maxDepth`, as a cyclic one does. Goes level by level, as recursion could
 * overflow the stack.
 */
export function isNestedDeeperThan(value: unknown, maxDepth: number): boolean {
  let level = new Set([value].filter(isObject));
  for (let depth = 0; level.size > 0; depth++) {
    if (depth >= maxDepth) return true;
    const nextLevel = new Set<object>();
    for (const parent of level) addChildren(parent, nextLevel);
    level = nextLevel;
  }
  return false;
}

function addChildren(value: object, children: Set<object>): void {
  if (ArrayBuffer.isView(value)) return;
  const values: Iterable<unknown> =
    value instanceof Map
      ? [...value.keys(), ...value.values()]
      : Array.isArray(value) || value instanceof Set
        ? value
        : Object.values(value);
  for (const child of values) if (isObject(child)) children.add(child);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
