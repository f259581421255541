import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../main/contract/commands/commands.ts';
import { hostCommands } from '../../main/contract/commands/host.ts';
import { failureCodes } from '../../main/domain/failure.ts';
import { answerCall, type Sender } from '../../main/hosts/electron/ipc/ipc-endpoint.ts';
import { createHostCommands, type HostCommandDeps } from '../../main/hosts/electron/ipc/host-commands.ts';
import { createMenuRequests } from '../../main/hosts/electron/ipc/menu-requests.ts';
import { createNativeTexts } from '../../main/hosts/electron/app/texts.ts';
import { openTestCore } from '../support/core.ts';
import { messages, mostGrownBytes, patienceMs, saysTooMuch, send } from '../support/fuzz/crowds.ts';
import { createMessages } from '../support/fuzz/messages.ts';
import { createSeeded } from '../support/kill/seeded.ts';
import { callOver } from '../support/web/call-over.ts';
import { openWebBench } from '../support/web/web-bench.ts';

/** All commands but those that start processes; tests/contract/dispatch.test.ts calls them all. */
const { 'vault.status': _status, 'doctor.run': _doctor, ...others } = commands;
const table = { ...others, ...hostCommands };

const Failed = z.object({ code: z.enum(failureCodes), message: z.string().min(1).max(5000) });

/** Returns a problem unless the answer is a valid result or a typed error, without stack or path of the program. */
function judge(answer: unknown): string | undefined {
  const result = structuredClone(answer) as { ok?: unknown; error?: unknown } | null;
  if (result?.ok === true) return undefined;
  const error = Failed.safeParse(result?.error);
  if (result?.ok !== false || !error.success) return `no result: ${JSON.stringify({ answer }).slice(0, 300)}`;
  const { code, message } = error.data;
  if (code === 'internal') return `a bug: ${message}`;
  return saysTooMuch(message) ? `inside: ${message}` : undefined;
}

describe(`${messages} messages`, () => {
  it(
    'through the window’s channel are each answered, and from any other page refused',
    { timeout: patienceMs },
    async () => {
      const { core, folder } = openTestCore();
      const dispatch = core.dispatchWith(createHostCommands(windowParts(core)));
      const next = createMessages(table, createSeeded(1), folder);
      const ours = { url: 'app://contact-sheet/', parent: null };
      const strangers: readonly Sender[] = [
        null,
        { ...ours, parent: ours },
        { ...ours, url: 'https://contact-sheet/' },
      ];
      const { problems, grownBytes } = await send(async (index) => {
        const stranger = index % 20 === 0 ? strangers[(index / 20) % strangers.length] : undefined;
        const answer = await answerCall(stranger === undefined ? ours : stranger, next(), dispatch);
        if (stranger === undefined) return judge(answer);
        return answer.ok || answer.error.code !== 'not-permitted' ? 'a stranger was answered' : undefined;
      });
      expect(problems).toEqual([]);
      expect(grownBytes).toBeLessThan(mostGrownBytes);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it(
    'through the browser’s WebSocket are each answered, and what is none ends its connection alone',
    { timeout: patienceMs },
    async () => {
      const { core, folder } = openTestCore();
      const { openDoor } = await openWebBench({ dispatch: core.dispatch });
      const seeded = createSeeded(2);
      const next = createMessages(table, seeded, folder);
      const call = callOver(await openDoor());
      const noMessages = [
        '',
        '{',
        'null',
        '[]',
        '{"id":-1}',
        '{"id":1e99,"name":"a"}',
        '\0',
        Buffer.from([0, 255, 128]),
      ];
      const { problems, grownBytes } = await send(async (index) => {
        // Only a few, as the bench keeps each of its sockets until the end.
        if (index % Math.ceil(messages / 20) === 0) {
          const door = await openDoor();
          const closed = once(door, 'close') as Promise<[number]>;
          door.send(seeded.pick(noMessages));
          const [code] = await closed;
          return code === 1003 || code === 1007 ? undefined : `closed with ${code}`;
        }
        const { name, input } = next();
        return judge(await call(name as string, input));
      });
      expect(problems).toEqual([]);
      expect(grownBytes).toBeLessThan(mostGrownBytes);
    },
  );
});

/** Stands in for Electron's modules, which do nothing and report success. */
function windowParts(core: HostCommandDeps['core']): HostCommandDeps {
  const parts = {
    dialog: {
      showMessageBox: async () => ({ response: 1, checkboxChecked: false }),
      showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
    },
    shell: { showItemInFolder: () => undefined, openPath: async () => '', openExternal: async () => undefined },
    ...{ window: () => undefined, setMenu: () => undefined, dragPicture: () => ({}) },
    openAtLogin: () => ({ ok: true, value: null }),
  };
  const own = {
    core,
    wishes: createMenuRequests(() => undefined),
    words: createNativeTexts(['en']),
    places: { current: null },
  };
  return { ...parts, ...own } as unknown as HostCommandDeps;
}
