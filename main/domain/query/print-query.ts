import type { ParsedQuery } from './parse-query.ts';
import type { Comparison, QueryNode, QueryTest, SeenTest, Sort } from './query-tree.ts';
import { quote } from './words.ts';

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
      return node.children.map((child) => (child.kind === 'or' ? `(${printNode(child)})` : printNode(child))).join(' ');
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
