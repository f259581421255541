/** A query as plain data, JSON all through: what a saved search means, and what the index compiles. */
export type QueryNode =
  /** Everything, as `*` has it. */
  | { readonly kind: 'all' }
  /** Two children or more, none of them of the same kind as their parent. */
  | { readonly kind: 'and'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly child: QueryNode }
  | QueryTest;

/** Lists of values or tests match when any of them does. Texts are as they were typed; they compare folded. */
export type QueryTest =
  /** A part of the name. */
  | { readonly kind: 'text'; readonly text: string }
  /** The whole name; `*` is any text, also none. */
  | { readonly kind: 'wildcard'; readonly pattern: string }
  /** Searched in the name in NFC, upper and lower case alike; valid and of bounded cost (pattern.ts). */
  | { readonly kind: 'pattern'; readonly source: string }
  /** The whole value. */
  | { readonly kind: 'word'; readonly field: WordField; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly field: NumberField; readonly tests: readonly Comparison<number>[] }
  | { readonly kind: 'size'; readonly test: Comparison<SizeValue> }
  | { readonly kind: 'seen'; readonly tests: readonly SeenTest[] }
  | { readonly kind: 'is'; readonly states: readonly ImageState[] }
  | { readonly kind: 'has'; readonly what: 'tag' }
  | { readonly kind: 'animated'; readonly value: boolean };

export type Comparison<Value> =
  | { readonly op: 'is' | '>' | '>=' | '<' | '<='; readonly value: Value }
  /** Both ends included; `low` is never beyond `high`. */
  | { readonly op: 'range'; readonly low: Value; readonly high: Value };

/** `text` is the shortest form, such as `1.2mb`; `bytes` is whole, 1 KB = 1024. */
export type SizeValue = { readonly text: string; readonly bytes: number };

/** Dates are `2026-11-01`, `2026-11`, `2026` or a name such as `last-week`, in local time; `within` is the time up to now. */
export type SeenTest = Comparison<string> | { readonly op: 'within'; readonly amount: number; readonly unit: AgeUnit };

/** Hours, days, weeks, months, years; all but hours by the calendar. */
export const ageUnits = ['h', 'd', 'w', 'm', 'y'] as const;
export type AgeUnit = (typeof ageUnits)[number];

export const wordFields = ['ext', 'account', 'folder', 'host', 'tag', 'type'] as const;
export type WordField = (typeof wordFields)[number];

export const numberFields = ['id', 'rating', 'width', 'height'] as const;
export type NumberField = (typeof numberFields)[number];

export const imageStates = [
  'new',
  'gone',
  'changed',
  'downloaded',
  'duplicate',
  'broken',
  'approximate',
  'other',
] as const;
export type ImageState = (typeof imageStates)[number];

export const sortKeys = ['size', 'name', 'id', 'ext', 'seen', 'folder', 'width'] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = { readonly key: SortKey; readonly descending: boolean };

/** The order without a `sort:`: the newest first. */
export const newestFirst: Sort = { key: 'id', descending: true };

/** All of them, without nesting; `all` adds nothing. */
export function allOf(nodes: readonly QueryNode[]): QueryNode {
  const children = nodes
    .flatMap((node) => (node.kind === 'and' ? node.children : [node]))
    .filter((node) => node.kind !== 'all');
  return children.length > 1 ? { kind: 'and', children } : (children[0] ?? { kind: 'all' });
}

/** Any of one or more, without nesting. `all` stays among them, as the others may name `is:gone`. */
export function anyOf(nodes: readonly QueryNode[]): QueryNode {
  const children = nodes.flatMap((node) => (node.kind === 'or' ? node.children : [node]));
  return children.length > 1 ? { kind: 'or', children } : (children[0] ?? { kind: 'all' });
}

export function negate(node: QueryNode): QueryNode {
  return node.kind === 'not' ? node.child : { kind: 'not', child: node };
}

/** Whether `is:gone` stands anywhere, also negated: only then are gone images among the results. */
export function namesGone(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(namesGone);
  if (node.kind === 'not') return namesGone(node.child);
  return node.kind === 'is' && node.states.includes('gone');
}
