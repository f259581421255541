import { BlockList, isIP, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKind, hostKind, isLocalhostName } from '../../../main/domain/network/address-kind.ts';
import { isInRange, parseIp, parseIpRange } from '../../../main/domain/network/ip-address.ts';

describe('addresses', () => {
  it.each([
    ['93.184.216.34', 'public'],
    ['1.1.1.1', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['223.255.255.255', 'public'],
    ['10.1.2.3', 'private'],
    ['172.16.0.0', 'private'],
    ['192.168.255.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.100.100.200', 'private'],
    ['198.19.0.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['0.0.0.0', 'unusable'],
    ['224.0.0.1', 'unusable'],
    ['255.255.255.255', 'unusable'],
    ['192.0.2.1', 'unusable'],
    ['2606:4700::1111', 'public'],
    ['[2a00:1450:4001::200e]', 'public'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::', 'unusable'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:0:a9fe:a9fe', 'link-local'],
    ['::ffff:93.184.216.34', 'public'],
    ['::127.0.0.1', 'unusable'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['64:ff9b:1::1', 'private'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:c0a8:101::1', 'private'],
    ['2001::1', 'unusable'],
    ['2001:db8::1', 'unusable'],
    ['fd00:ec2::254', 'private'],
    ['fe80::1%eth0', 'link-local'],
    ['fec0::1', 'private'],
    ['ff02::1', 'unusable'],
    ['4000::1', 'unusable'],
    ['1:2', 'unusable'],
    ['example.test', undefined],
    ['256.1.1.1', undefined],
    ['1.2.3', undefined],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it('are read as Node reads them', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4(), fc.stringMatching(/^[0-9a-f:.]{2,20}$/)), (text) => {
        const isDotted = isIP(text) === 4;
        expect(parseIp(text)?.bits).toBe(isDotted ? 32 : isIPv6(text) ? 128 : undefined);
      }),
    );
  });

  it('lie in a range as Node says', () => {
    const v4 = fc.tuple(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    const v6 = fc.tuple(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 }));
    fc.assert(
      fc.property(fc.oneof(v4, v6), ([address, base, prefix]) => {
        const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
        const list = new BlockList();
        list.addSubnet(base, prefix, family);
        const ip = parseIp(address);
        expect(ip && isInRange(ip, parseIpRange(`${base}/${prefix}`))).toBe(list.check(address, family));
      }),
    );
  });

  it('are loopback by name where RFC 6761 says so', () => {
    for (const name of ['localhost', 'Localhost.', 'sample.localhost']) expect(hostKind(name)).toBe('loopback');
    for (const name of ['localhost.test', 'mylocalhost', '.localhost']) expect(isLocalhostName(name)).toBe(false);
  });
});
