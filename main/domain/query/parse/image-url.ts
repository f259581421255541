import { nameImage } from '../../files/names.ts';
import { allOf, anyOf, type QueryNode } from '../query-tree.ts';
import { endOfWord } from './words.ts';

const webAddress = /<?(?=https?:\/\/[^\s/?#])/iy;
/** A longer expression is not accepted; see `compilePattern`. */
const longestExact = 200;
/** What a sentence or a mail has behind an address; it may belong to the name, too. */
const punctuation = /[.,;:!>'"]+$/;

/** Reads the address of an image at `start`, such as one that was pasted; null where there is none. */
export function readImageUrl(text: string, start: number): { readonly node: QueryNode; readonly end: number } | null {
  webAddress.lastIndex = start;
  if (!webAddress.test(text)) return null;
  const end = endOfWord(text, start);
  const node = imageUrlNode(text.slice(start, end));
  return node === null ? null : { node, end };
}

/** Finds the image whose address this is, or those of the host or folder; null for any other text. */
export function imageUrlNode(text: string): QueryNode | null {
  const address = text.trim().replace(/^</, '');
  if (!/^https?:\/\/[^\s/?#]/i.test(address)) return null;
  const trimmed = address.replace(punctuation, '');
  const addresses = trimmed === address ? [address] : [address, trimmed];
  const nodes = addresses.flatMap(nodesOf);
  return nodes.length === 0 ? null : anyOf(nodes);
}

function nodesOf(address: string): readonly QueryNode[] {
  const { name, folder, host } = nameImage(address);
  if (host === '') return [];
  const atHost: QueryNode = { kind: 'word', field: 'host', values: [host] };
  const [path = ''] = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(address)?.slice(1) ?? [];
  if (path.replaceAll('/', '') === '') return [atHost];
  const tests: QueryNode[] = [atHost];
  if (folder !== '') tests.push({ kind: 'word', field: 'folder', values: [folder] });
  tests.push({ kind: 'text', text: name });
  if (name.length <= longestExact) tests.push({ kind: 'pattern', source: `^${escapePattern(name)}$` });
  const inner = path.endsWith('/') ? nameImage(`${address.slice(0, address.search(/[?#]|$/))}x`).folder : '';
  const inFolder: QueryNode = { kind: 'word', field: 'folder', values: [inner] };
  return inner === '' ? [allOf(tests)] : [allOf(tests), allOf([atHost, inFolder])];
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
