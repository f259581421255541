import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../main/contract/commands/commands.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { failureCodes } from '../../main/domain/failure.ts';
import { ok } from '../../main/domain/result.ts';
import { databaseFailure } from '../../main/adapters/storage/database/database-failure.ts';
import { openTestCore } from '../support/core.ts';

const names = Object.keys(commands);
/** Inputs that no client sends by accident, and that must have no effect. */
const odd: unknown[] = [
  undefined,
  null,
  0,
  '',
  'text',
  [],
  [1, 2],
  true,
  Number.NaN,
  new Date(0),
  new Map(),
  { __proto__: null },
];

const quiet = { log: () => undefined, explain: () => undefined };

function expectResult(answer: unknown): void {
  const result = structuredClone(answer);
  expect(result).toSatisfy((value: unknown) => value !== null && typeof value === 'object' && 'ok' in value);
  if (result !== null && typeof result === 'object' && 'error' in result) {
    const error = z.object({ code: z.enum(failureCodes), message: z.string().min(1).max(2000) }).parse(result.error);
    expect(error.message).not.toMatch(/\bat .+:\d+:\d+|file:\/\/|node_modules/);
    expect(error.code).not.toBe('internal');
  }
}

describe('the door', () => {
  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    'accounts',
    'accounts.list ',
    'x'.repeat(1e6),
  ])('knows no command %.20j', async (name) => {
    const { core } = openTestCore();
    expect(await core.dispatch(name, {})).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  });

  it.each(names)('%s answers odd input with a result', async (name) => {
    const { core } = openTestCore();
    const hostile = [
      ...odd,
      { id: '1' },
      { id: -1, name: 'x'.repeat(1e6), text: 'x'.repeat(1e6), query: 'x'.repeat(1e6) },
      JSON.parse('{"__proto__": {"id": 1}, "constructor": {"prototype": {"polluted": true}}}'),
      { handle: 1e9, from: 5, to: 1, accountId: 1e15, batchId: 1e15, syncId: 1e15 },
    ];
    for (const input of hostile) expectResult(await core.dispatch(name, input));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('answers whatever comes, for every command, without a bug', async () => {
    const { core } = openTestCore();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.object({ maxDepth: 3 }), async (name, input) => {
        expectResult(await core.dispatch(name, input));
      }),
      { numRuns: 300 },
    );
  });

  it('names fields in its refusals, never what they held', async () => {
    const { core } = openTestCore();
    const answer = await core.dispatch('accounts.setKey', { id: 'a-secret-key', key: 5 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(JSON.stringify(answer)).not.toContain('a-secret-key');
  });

  it('answers a bug with a reference that the log repeats, and nothing of its inside', async () => {
    const log: string[] = [];
    const table = { 'a.bug': { input: z.object({}), output: z.undefined() } };
    const dispatch = createDispatch(
      table,
      {
        'a.bug': () => {
          throw new Error('the inside');
        },
      },
      {
        log: (_level, message, details) => void log.push(`${message} ${JSON.stringify(details)}`),
        explain: () => undefined,
      },
    );
    const answer = await dispatch('a.bug', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    if (answer.ok) return;
    expect(answer.error.message).not.toContain('the inside');
    expect(log.join()).toContain('the inside');
    expect(log.join()).toContain(answer.error.reference);
  });

  it('answers what the disk says with its failure, not as a bug', async () => {
    const table = { 'a.write': { input: z.object({}), output: z.undefined() } };
    const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
    const handlers = {
      'a.write': () => {
        throw full;
      },
    };
    const explain = (error: unknown) => databaseFailure(error, '/data');
    const answer = await createDispatch(table, handlers, { ...quiet, explain })('a.write', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'disk-full' } });
  });

  it('passes a handler the parsed input', async () => {
    const table = { 'a.command': { input: z.object({ limit: z.int().default(7) }), output: z.int() } };
    const dispatch = createDispatch(table, { 'a.command': ({ limit }) => ok(limit) }, quiet);
    expect(await dispatch('a.command', {})).toEqual({ ok: true, value: 7 });
  });
});
