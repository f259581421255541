import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKeyMap, printKeyMap } from '../../../main/adapters/vault/passphrase/key-map.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '1', '', '\ud800'));

test('whatever uids and keys there are, what is printed parses back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (entries) => {
      const keys = new Map(entries);
      const parsed = parseKeyMap(printKeyMap(keys));
      expect(parsed).toBeInstanceOf(Map);
      expect(new Set(parsed as Iterable<[string, string]>)).toEqual(new Set(keys));
    }),
  );
});

test.for([
  '',
  'null',
  '[]',
  '{}',
  '{"version":1}',
  '{"version":1,"keys":null}',
  '{"version":1,"keys":[]}',
  '{"version":1,"keys":{"a":1}}',
  '{"version":"1","keys":{}}',
  '{"version":0,"keys":{}}',
])('%j is none of ours', (given) => {
  expect(parseKeyMap(given)).toBeUndefined();
});

test('a later version is told apart from damage', () => {
  expect(parseKeyMap('{"version":2,"secrets":[]}')).toBe('newer');
});
