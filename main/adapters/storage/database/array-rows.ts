import type { StatementSync } from 'node:sqlite';

/** A statement that gives its rows as arrays: a million objects with names cost a second more. */
export type ArrayStatement = {
  get(...values: (number | string)[]): unknown[] | undefined;
  all(...values: (number | string)[]): unknown[][];
  iterate(): Iterable<unknown[]>;
};

export function asArrays(statement: StatementSync): ArrayStatement {
  statement.setReturnArrays(true);
  return statement as unknown as ArrayStatement;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
