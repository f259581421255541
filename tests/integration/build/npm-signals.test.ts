import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';

const home = mkdtempSync(path.join(tmpdir(), 'contact-sheet-npm-'));
let silent: Server;
let asked = 0;

beforeAll(async () => {
  silent = createServer(() => {
    asked += 1;
  });
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const added = viaNpm(['accounts', 'add', '--name', 'Silent', '--datacenter', origin, '--vault', 'none']);
  expect((await added.ended).code).toBe(0);
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
  rmSync(home, { recursive: true, force: true });
});

/** Runs it through npm like a user, in its own process group as in a terminal. */
function viaNpm(args: readonly string[]) {
  const env = { ...process.env, CONTACT_SHEET_HOME: home, CONTACT_SHEET_API_KEY: 'a-key-of-nobody' };
  const child = spawn('npm', ['run', '-s', 'cli', '--', ...args], { cwd: root, env, detached: true, stdio: 'pipe' });
  child.stdin.end();
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, output }));
  return { pid: child.pid ?? 0, ended };
}

describe('a command under npm', () => {
  // npm forwards signals that the terminal has sent to the whole group: one Ctrl+C still counts once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    for (const to of ['npm alone', 'the whole group']) {
      testNeeding('linux', `stops cleanly by ${signal} to ${to}, says so, and ends with 130`, async () => {
        const before = asked;
        const sync = viaNpm(['sync', 'Silent']);
        await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before);
        process.kill(to === 'npm alone' ? sync.pid : -sync.pid, signal);
        const { code, output } = await sync.ended;
        expect(output).toMatch(/What came so far is kept/u);
        expect(code).toBe(130);
      });
    }
  }
});
