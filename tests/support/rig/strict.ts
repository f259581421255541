/** Properties that the language itself reads of every object, for instance in `await`. */
const languageProperties = new Set(['then', 'toJSON']);

/** Wraps a partial implementation of an Electron object; accessing any other property throws with its name. */
export function strict<T extends object>(name: string, known: T): T {
  return new Proxy(known, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || languageProperties.has(key)) {
        return Reflect.get(target, key) as unknown;
      }
      throw new Error(`The rig does not know ${name}.${key}.`);
    },
    set(target, key, value) {
      // Only properties with a setter.
      if (Object.getOwnPropertyDescriptor(target, key)?.set !== undefined) return Reflect.set(target, key, value);
      throw new Error(`The rig does not know how to set ${name}.${String(key)}.`);
    },
  });
}
