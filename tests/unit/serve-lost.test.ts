import { expect, test } from 'vitest';
import { createOutput } from '../../main/hosts/cli/output.ts';
import { exitCodeOf } from '../../main/hosts/cli/exit-code.ts';
import { serveCommand } from '../../main/hosts/cli/commands/serve.ts';
import type { ServeSession } from '../../main/hosts/cli/session.ts';
import { ok } from '../../main/domain/result.ts';
import { writeInterface } from '../support/web/interface-folder.ts';

test('serving ends with a clear message where the core is lost', async () => {
  const lost = new AbortController();
  const printed: string[] = [];
  const stream = { write: (text: string) => printed.push(text) > 0 };
  const reported: unknown[] = [];
  const session = {
    output: createOutput({ out: stream, err: stream } as never, false),
    ...{ signal: new AbortController().signal, lost: lost.signal, platform: process.platform },
    environment: { CONTACT_SHEET_INTERFACE: writeInterface() },
    ...{ dispatch: async () => ok(), listen: () => () => undefined, theme: async () => 'system' },
    warm: () => lost.abort(new Error('The core’s thread ended')),
    report(error: unknown) {
      reported.push(error);
      return 'ab12cd34';
    },
  } as unknown as ServeSession;
  expect(await serveCommand(session, { port: 0 })).toBe(exitCodeOf('internal'));
  expect(reported).toEqual([new Error('The core’s thread ended')]);
  expect(printed.join('')).toContain('The log has it as ab12cd34');
});
