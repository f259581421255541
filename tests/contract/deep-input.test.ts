import { describe, expect, it } from 'vitest';
import { commands } from '../../main/contract/commands/commands.ts';
import { answerCall } from '../../main/hosts/electron/ipc/ipc-endpoint.ts';
import { createPageClient } from '../../main/hosts/shared/page/page-client.ts';
import { openTestThread } from '../support/thread/open-thread.ts';
import { callOver } from '../support/web/call-over.ts';
import { openWebBench } from '../support/web/web-bench.ts';

const depth = 200_000;
const arrays = '['.repeat(depth) + ']'.repeat(depth);
const objects = '{"a":'.repeat(depth) + '0' + '}'.repeat(depth);

/** Inputs that are deeply nested as a whole, in a known field, and in an unknown one. */
const inputs = [arrays, objects, `{"text":${arrays}}`, `{"query":"","selection":${objects}}`, `{"junk":[1,${arrays}]}`];

describe('a very deep message', () => {
  it('is answered by a typed error through the WebSocket, and harms no other', async () => {
    const { core } = await openTestThread();
    const { openDoor, reported } = await openWebBench({ dispatch: core.dispatch });
    const socket = await openDoor();
    const call = callOver(socket);
    const answers: string[] = [];
    socket.on('message', (data: Buffer) => answers.push(data.toString()));
    for (const name of ['catalogue.query', 'downloads.plan', 'settings.change', 'no.such']) {
      for (const input of inputs) {
        answers.length = 0;
        socket.send(`{"id":7,"name":"${name}","input":${input}}`);
        await expect.poll(() => answers.length).toBe(1);
        expect(answers[0]).toContain('"ok":false');
        expect(answers[0]).toMatch(/"code":"(bad-input|unknown-command)"/);
      }
    }
    expect(reported).toEqual([]);
    expect(await call('accounts.list', {})).toMatchObject({ ok: true });
  });

  it('is answered by a typed error in the window too, as is one that holds itself', async () => {
    const { core } = await openTestThread();
    const { dispatch } = createPageClient(core.dispatch);
    const sender = { url: 'app://contact-sheet/', parent: null };
    const circle: Record<string, unknown> = { text: '' };
    circle['junk'] = { back: circle };
    for (const input of [...inputs.map((text): unknown => JSON.parse(text)), circle, new Map([[1, circle]])]) {
      const answered = await answerCall(sender, { name: 'catalogue.query', input }, dispatch);
      expect(answered).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    }
  });

  it('is one of more levels than any command takes', async () => {
    const { core } = await openTestThread();
    const { dispatch } = createPageClient(core.dispatch);
    for (const name of Object.keys(commands)) {
      expect(await dispatch(name, JSON.parse(arrays))).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    }
  });
});
