/**
 * The JSON text of a parsed value, cut soon after `limit` characters. Unlike `JSON.stringify` it takes no more time and
 * no more of the stack than the limit allows, however large or deeply nested the value is.
 */
export function briefJson(value: unknown, limit: number): string {
  let text = '';
  const write = (part: unknown): void => {
    if (typeof part === 'string') text += JSON.stringify(part.slice(0, limit));
    else if (typeof part !== 'object' || part === null) text += JSON.stringify(part);
    else if (Array.isArray(part)) writeAll('[', part.keys(), (index) => part[index], ']');
    else writeAll('{', Object.keys(part), (name) => (part as Record<string, unknown>)[name], '}');
  };
  const writeAll = <Name extends string | number>(
    open: string,
    names: Iterable<Name>,
    valueOf: (name: Name) => unknown,
    close: string,
  ): void => {
    text += open;
    let isFirst = true;
    for (const name of names) {
      if (text.length > limit) return;
      if (!isFirst) text += ',';
      isFirst = false;
      if (typeof name === 'string') text += `${JSON.stringify(name.slice(0, limit))}:`;
      write(valueOf(name));
    }
    text += close;
  };
  write(value);
  return text;
}
