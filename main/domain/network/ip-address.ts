/** An IP address as a number of 32 or 128 bits. */
export type IpAddress = { readonly bits: 32 | 128; readonly value: bigint };

function parse4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const bytes = match?.slice(1).map(Number);
  if (!bytes || bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = index === parts.length - 1 ? parse4(part) : undefined;
    if (dotted !== undefined) groups.push(Number(dotted >> 16n), Number(dotted & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parse6(text: string): bigint | undefined {
  const halves = text.split('::');
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  if (halves.length > 2 || !head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n);
}

/** Reads an address in any of its spellings, with or without brackets and zone; undefined for what is none. */
export function parseIp(text: string): IpAddress | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  const value4 = parse4(bare);
  if (value4 !== undefined) return { bits: 32, value: value4 };
  const value6 = parse6(bare);
  return value6 === undefined ? undefined : { bits: 128, value: value6 };
}

export type IpRange = { readonly base: IpAddress; readonly prefix: number };

/** Reads a range such as `10.0.0.0/8`; undefined for what is none. */
export function parseIpRange(text: string): IpRange | undefined {
  const [, first = '', prefix = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const base = parseIp(first);
  return base === undefined || Number(prefix) > base.bits ? undefined : { base, prefix: Number(prefix) };
}

/** False where there is no range. */
export function isInRange({ bits, value }: IpAddress, range: IpRange | undefined): boolean {
  if (range?.base.bits !== bits) return false;
  const rest = BigInt(bits - range.prefix);
  return value >> rest === range.base.value >> rest;
}
