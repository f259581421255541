/** Asked of every object by the language's own machinery, such as `await`. */
const askedByTheLanguage = new Set(['then', 'toJSON']);

/** What is known of an object of Electron's; whatever else is asked of it throws by its name. */
export function strict<T extends object>(name: string, known: T): T {
  return new Proxy(known, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || askedByTheLanguage.has(key)) {
        return Reflect.get(target, key) as unknown;
      }
      throw new Error(`The rig does not know ${name}.${key}.`);
    },
    set(target, key, value) {
      // Only what is made to be set.
      if (Object.getOwnPropertyDescriptor(target, key)?.set !== undefined) return Reflect.set(target, key, value);
      throw new Error(`The rig does not know how to set ${name}.${String(key)}.`);
    },
  });
}
