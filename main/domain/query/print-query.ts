import type { ParsedQuery } from './parse/parse-query.ts';
import type { Comparison, QueryNode, QueryTest, SeenTest, Sort } from './query-tree.ts';
import { dateExtent, numberExtent, sizeExtent } from './parse/loose-values.ts';
import { quote } from './parse/words.ts';

/** A text that parses to the same tree and order; mistakes are gone from it. */
export function printQuery({ tree, sort }: Pick<ParsedQuery, 'tree' | 'sort'>): string {
  const terms = tree.kind === 'all' ? [] : [printNode(tree)];
  return [...terms, ...(sort ? [printSort(sort)] : [])].join(' ');
}

export function printSort({ key, descending }: Sort): string {
  return `sort:${key}-${descending ? 'desc' : 'asc'}`;
}

function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '*';
    case 'and':
      return printAll(node.children);
    case 'or':
      return node.children.map(printNode).join(' OR ');
    case 'not':
      return node.child.kind === 'and' || node.child.kind === 'or'
        ? `-(${printNode(node.child)})`
        : `-${printNode(node.child)}`;
    default:
      return printTest(node);
  }
}

/** Parts side by side. A word that the value before it would take in is quoted: `seen:2026 "week"`. */
function printAll(nodes: readonly QueryNode[]): string {
  const parts = nodes.map((node) => (node.kind === 'or' ? `(${printNode(node)})` : printNode(node)));
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    if (next?.kind !== 'text') continue;
    const [part = '', ...rest] = parts.slice(index, index + mostJoined);
    if (reachesInto(node, part, rest.join(' '))) parts[index + 1] = quote(next.text);
  }
  return parts.join(' ');
}

/** No value has more blanks in it: `2026 to 1 dec 2027`. */
const mostJoined = 6;

/** Whether the value at the end of a printed test goes on in the text behind it. */
function reachesInto(node: QueryNode, printed: string, rest: string): boolean {
  const { kind } = node.kind === 'not' ? node.child : node;
  const extents = kind === 'number' ? numberExtent : kind === 'size' ? sizeExtent : kind === 'seen' ? dateExtent : null;
  if (extents === null) return false;
  const value = /[^:,\s]*$/.exec(printed)?.[0] ?? '';
  return [extents.first, extents.later].some((extent) => {
    extent.lastIndex = 0;
    return (extent.exec(`${value} ${rest}`)?.[0].length ?? 0) > value.length;
  });
}

function printTest(test: QueryTest): string {
  switch (test.kind) {
    case 'text':
      return printValue(test.text);
    case 'wildcard':
      return `name:${plainPattern.test(test.pattern) ? test.pattern : quote(test.pattern)}`;
    case 'pattern':
      return `name:/${test.source}/`;
    case 'word':
      return `${test.field}:${test.values.map(printValue).join(',')}`;
    case 'number':
      return `${test.field}:${printNumbers(test.tests)}`;
    case 'size':
      return `size:${printComparison(test.test, (size) => size.text)}`;
    case 'seen':
      return `seen:${test.tests.map(printSeen).join(',')}`;
    case 'is':
      return `is:${test.states.join(',')}`;
    case 'has':
      return `has:${test.what}`;
    case 'animated':
      return `animated:${test.value ? 'yes' : 'no'}`;
  }
}

/** With blanks where the commas would else seem to group the digits of one number. */
function printNumbers(tests: readonly Comparison<number>[]): string {
  const numbers = tests.map((one) => printComparison(one, String));
  const list = numbers.join(',');
  return /[0-9],[0-9]{3}(?![0-9])/.test(list) ? numbers.join(', ') : list;
}

function printSeen(test: SeenTest): string {
  return test.op === 'within' ? `${test.amount}${test.unit}` : printComparison(test, (date) => date);
}

function printComparison<Value>(test: Comparison<Value>, print: (value: Value) => string): string {
  if (test.op === 'range') return `${print(test.low)}..${print(test.high)}`;
  return (test.op === 'is' ? '' : test.op) + print(test.value);
}

/** Letters, digits and what has no meaning of its own in a query. */
const plainWord = /^[\p{L}\p{N}_.][\p{L}\p{N}_.+~#@!-]*$/u;
const plainPattern = /^[\p{L}\p{N}_.*+~#@!-]+$/u;

function printValue(text: string): string {
  return plainWord.test(text) && !/^(?:OR|AND|NOT)$/.test(text) ? text : quote(text);
}
