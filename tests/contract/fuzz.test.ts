import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/bootstrap/paths.mjs';
import { commands } from '../../main/contract/commands.ts';
import { hostCommands } from '../../main/contract/host.ts';
import { failureCodes } from '../../main/domain/failure.ts';
import { answerCall, type Sender } from '../../main/hosts/electron/door.ts';
import { createHostCommands, type HostCommandParts } from '../../main/hosts/electron/host-commands.ts';
import { createWishes } from '../../main/hosts/electron/wishes.ts';
import { createWords } from '../../main/hosts/electron/words.ts';
import { openTestCore } from '../support/core.ts';
import { createMessages } from '../support/fuzz/messages.ts';
import { createSeeded } from '../support/kill/seeded.ts';
import { callOver } from '../support/web/call-over.ts';
import { openWebBench } from '../support/web/web-bench.ts';

/** CONTACT_SHEET_FUZZ_MESSAGES=100000 sends as many through each door. */
const messages = Number(process.env['CONTACT_SHEET_FUZZ_MESSAGES'] ?? 3000);
const together = 50;
const patienceMs = 60_000 + messages * 20;

/** Left out are those that start processes of their own; tests/contract/dispatch.test.ts asks them all. */
const { 'vault.status': _status, 'doctor.run': _doctor, ...others } = commands;
const table = { ...others, ...hostCommands };

const Failed = z.object({ code: z.enum(failureCodes), message: z.string().min(1).max(5000) });

/** A valid result or a typed error, with no stack and no path of the program in it. */
function judge(answer: unknown): string | undefined {
  const result = structuredClone(answer) as { ok?: unknown; error?: unknown } | null;
  if (result?.ok === true) return undefined;
  const error = Failed.safeParse(result?.error);
  if (result?.ok !== false || !error.success) return `no result: ${JSON.stringify({ answer }).slice(0, 300)}`;
  const { code, message } = error.data;
  if (code === 'internal') return `a bug: ${message}`;
  return /\bat .+:\d+:\d+|file:\/\/|node_modules/u.test(message) || message.includes(root)
    ? `inside: ${message}`
    : undefined;
}

const collect = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Bytes in use once everything is collected that nobody holds. */
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Sends them in crowds; the first fifth warms up, the rest may leave nothing behind. */
async function send(
  one: (index: number) => Promise<string | undefined>,
): Promise<{ problems: string[]; grownBytes: number }> {
  const problems = new Set<string>();
  let before = 0;
  for (let index = 0; index < messages; index += together) {
    if (before === 0 && index >= messages / 5) before = heldBytes();
    const crowd = Array.from({ length: together }, (_, offset) => one(index + offset));
    for (const problem of await Promise.all(crowd)) if (problem !== undefined) problems.add(problem);
  }
  return { problems: [...problems].slice(0, 10), grownBytes: heldBytes() - before };
}

const mostGrownBytes = 24 * 1024 * 1024;

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
        // Few of them: the bench holds each of its sockets until the end.
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

/** Electron's part, which does nothing and says that all went well. */
function windowParts(core: HostCommandParts['core']): HostCommandParts {
  const parts = {
    dialog: {
      showMessageBox: async () => ({ response: 1, checkboxChecked: false }),
      showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
    },
    shell: { showItemInFolder: () => undefined, openPath: async () => '', openExternal: async () => undefined },
    ...{ window: () => undefined, setMenu: () => undefined, dragPicture: () => ({}) },
    openAtLogin: () => ({ ok: true, value: null }),
  };
  const own = { core, wishes: createWishes(() => undefined), words: createWords(['en']), places: { current: null } };
  return { ...parts, ...own } as unknown as HostCommandParts;
}
