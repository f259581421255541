/**
 * Returns whether a value has more levels than `most`, as one has that holds itself. Looks at it level by level, as
 * a recursive look ends where the stack does.
 */
export function isNestedDeeperThan(value: unknown, most: number): boolean {
  let level = new Set([value].filter(isObject));
  for (let depth = 0; level.size > 0; depth++) {
    if (depth >= most) return true;
    const below = new Set<object>();
    for (const one of level) addChildren(one, below);
    level = below;
  }
  return false;
}

function addChildren(value: object, children: Set<object>): void {
  if (ArrayBuffer.isView(value)) return;
  const held: Iterable<unknown> =
    value instanceof Map
      ? [...value.keys(), ...value.values()]
      : Array.isArray(value) || value instanceof Set
        ? value
        : Object.values(value);
  for (const child of held) if (isObject(child)) children.add(child);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
