import { nameImage } from '../names.ts';
import { allOf, anyOf, type QueryNode } from './query-tree.ts';
import { endOfWord } from './words.ts';

const webAddress = /https?:\/\/[^\s/?#]/iy;
/** A longer expression is not accepted; see `compilePattern`. */
const longestExact = 200;

/** Reads the address of an image at `start`, such as one that was pasted; null where there is none. */
export function readImageUrl(text: string, start: number): { readonly node: QueryNode; readonly end: number } | null {
  webAddress.lastIndex = start;
  if (!webAddress.test(text)) return null;
  const end = endOfWord(text, start);
  const { name, folder, host } = nameImage(text.slice(start, end));
  if (host === '') return null;
  const tests: QueryNode[] = [{ kind: 'word', field: 'host', values: [host] }];
  if (folder !== '') tests.push({ kind: 'word', field: 'folder', values: [folder] });
  tests.push({ kind: 'text', text: name });
  if (name.length <= longestExact) tests.push({ kind: 'pattern', source: `^${escapePattern(name)}$` });
  return { node: allOf(tests), end };
}

/** A file name as an address has it, such as `Summer%20sale.png`, means the decoded name too. */
export function withDecodedName(node: QueryNode | null): QueryNode | null {
  if (node?.kind !== 'text' || !/%[0-9a-f]{2}/i.test(node.text)) return node;
  const { name } = nameImage(node.text);
  return name === node.text || name.trim() === '' ? node : anyOf([node, { kind: 'text', text: name }]);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
