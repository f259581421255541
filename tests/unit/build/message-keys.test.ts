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

  it('names what nothing asks for, what stands twice and what is no message', () => {
    const files = [file('en.json', { 'a.title': '{{', 'sort.name.down': 'B' }), file('more.json', { 'a.title': ' ' })];
    expect(messageProblems(files, [code], parse)).toEqual([
      'en.json  "a.title": a brace too many',
      'en.json  nothing asks for "sort.name.down"',
      'more.json  "a.title" stands in en.json too',
      'more.json  "a.title": is no text',
    ]);
  });
});
