import { isInRange, parseIp, parseIpRange, type IpAddress, type IpRange } from './ip-address.ts';

/**
 * Where an IP address leads. `private` holds RFC 1918, carrier-grade NAT, ULA and the benchmarking range; `link-local`
 * holds the clouds' metadata services; `unusable` is what no picture is ever served from (unspecified, multicast,
 * reserved, documentation).
 */
export type AddressKind = 'public' | 'loopback' | 'private' | 'link-local' | 'unusable';

/** The first line that fits counts. */
const ranges = readRanges<AddressKind>([
  ['0.0.0.0/8', 'unusable'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'unusable'],
  ['192.0.2.0/24', 'unusable'],
  ['192.88.99.0/24', 'unusable'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'private'],
  ['198.51.100.0/24', 'unusable'],
  ['203.0.113.0/24', 'unusable'],
  ['224.0.0.0/3', 'unusable'],
  ['0.0.0.0/0', 'public'],
  ['::/128', 'unusable'],
  ['::1/128', 'loopback'],
  ['64:ff9b:1::/48', 'private'],
  ['2001::/23', 'unusable'],
  ['2001:db8::/32', 'unusable'],
  ['3fff::/20', 'unusable'],
  ['2000::/3', 'public'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['::/0', 'unusable'],
]);

/** IPv6 ranges that lead where the IPv4 address in them leads, which begins at this bit from the right. */
const embedding = readRanges<bigint>([
  ['::ffff:0:0/96', 0n],
  ['::ffff:0:0:0/96', 0n],
  ['64:ff9b::/96', 0n],
  ['2002::/16', 80n],
]);

function readRanges<T>(lines: readonly (readonly [string, T])[]): readonly (readonly [IpRange | undefined, T])[] {
  return lines.map(([text, meaning]) => [parseIpRange(text), meaning]);
}

function kindOf(address: IpAddress): AddressKind {
  const embedded = embedding.find(([range]) => isInRange(address, range));
  if (embedded) return kindOf({ bits: 32, value: (address.value >> embedded[1]) & 0xffff_ffffn });
  // IPv4-compatible addresses (::127.0.0.1) fall to the last line, as nothing is served from them.
  return ranges.find(([range]) => isInRange(address, range))?.[1] ?? 'unusable';
}

/** The kind of a literal IP address, with or without brackets and zone; undefined where it is no address. */
export function addressKind(address: string): AddressKind | undefined {
  const ip = parseIp(address);
  if (ip) return kindOf(ip);
  return address.includes(':') ? 'unusable' : undefined;
}

/** `localhost` and everything below it (RFC 6761), with or without the dot at its end. */
export function isLocalhostName(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname);
}

/** What can be known of a URL's host without asking DNS; undefined for a name that only DNS knows. */
export function hostKind(hostname: string): AddressKind | undefined {
  return isLocalhostName(hostname) ? 'loopback' : addressKind(hostname);
}
