import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../main/contract/commands/commands.ts';
import { hostCommands } from '../../main/contract/commands/host.ts';
import type { Dispatch } from '../../main/dispatch.ts';
import { openTestCore } from '../support/core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { callOver } from '../support/web/call-over.ts';
import { openWebBench } from '../support/web/web-bench.ts';

/** Finds the fields of a schema that take a path, by a maximum length that only paths have. */
function pathsIn(schema: unknown, at: string): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  if ('maxLength' in schema && schema.maxLength === 4096) return [at];
  return Object.entries(schema).flatMap(([name, below]) => {
    const isField = !['properties', 'items', 'anyOf', '0', '1'].includes(name);
    return pathsIn(below, isField ? `${at} ${name}` : at);
  });
}

describe('a page', () => {
  it('names folders to choose and to read, and no file to write', () => {
    const taken = Object.entries({ ...commands, ...hostCommands }).flatMap(([name, { input }]) =>
      pathsIn(z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }), name),
    );
    expect(taken.sort()).toEqual([
      'downloads.plan destination',
      'downloads.start destination',
      'downloads.verify folder',
      'folders.list path',
      'host.chooseFolder from',
      'settings.change lastDestination',
      'settings.change recentDestinations',
    ]);
  });

  it('can’t write an export, in a window or in a browser; the command line can', async () => {
    const { core } = openTestCore();
    const file = join(temporaryFolder(), '.bashrc');
    const order = { query: '', format: 'urls', file } as const;
    const { openDoor } = await openWebBench({ dispatch: core.dispatch });
    const inWindow: Dispatch = core.dispatchWith({} as Parameters<typeof core.dispatchWith>[0]);
    for (const call of [core.dispatch, inWindow, callOver(await openDoor())]) {
      expect(await call('exports.write', order)).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
      expect(existsSync(file)).toBe(false);
    }
    expect(await core.call('exports.write', order)).toMatchObject({ ok: true });
    expect(existsSync(file)).toBe(true);
  });
});
