import { describe, expect, it } from 'vitest';
import { messageProblems } from '../../../build/checks/message-keys.mjs';

const parse = (text: string) => {
  if (text.includes('{{')) throw new Error('a brace too many');
};
const file = (path: string, messages: object) => ({ path, text: JSON.stringify(messages) });
const code = { path: 'a.svelte', text: "translate('a.title'); translate(`sort.${key}.up`)" };

describe('the check of texts', () => {
  it('is content where each is asked for, by itself or by a template', () => {
    expect(messageProblems([file('en.json', { 'a.title': 'A', 'sort.name.up': 'B' })], [code], parse)).toEqual([]);
  });

  it('names unused keys, invalid messages and keys that are there twice', () => {
    const texts =
      '{"a.title": "{{", "sort.name.down": "B", "sort.size.up": " ", "sort.name.up": "C", "sort.name.up": "D"}';
    expect(messageProblems([{ path: 'en.json', text: texts }], [code], parse)).toEqual([
      'en.json  "a.title": a brace too many',
      'en.json  nothing uses "sort.name.down"',
      'en.json  "sort.size.up": is no text',
      'en.json  "sort.name.up" is there twice',
    ]);
  });
});
