import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { capture } from '../../../build/bootstrap/processes.mjs';

const processes = new URL('../../../build/bootstrap/processes.mjs', import.meta.url).href;

/** Starts a process that runs `script` in a child, like the command line on a computer with an older Node. */
function throughAnother(script: string) {
  const outer = `
    const { endLike, runThrough } = await import(${JSON.stringify(processes)});
    endLike(await runThrough(process.execPath, ['-e', ${JSON.stringify(script)}]));`;
  return spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio: ['pipe', 'pipe', 'inherit'] });
}

describe('a command that is run through', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('gets %s once, and its exit code comes back', async (signal) => {
    const script = `
      process.on('${signal}', () => { process.stdout.write('got '); process.exitCode = 42; clearInterval(life); });
      const life = setInterval(() => {}, 1000);
      process.stdout.write('ready ');`;
    const child = throughAnother(script);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready')) child.kill(signal);
      output += text;
    });
    expect(await once(child, 'close')).toEqual([42, null]);
    expect(output).toBe('ready got ');
  });

  test('has standard input and output as they are', async () => {
    const child = throughAnother('process.stdin.pipe(process.stdout)');
    child.stdin.end('a key\n');
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output).toBe('a key\n');
  });
});

describe('a command whose words are kept', () => {
  test('keeps standard output apart', async () => {
    const script = "console.log('out'); console.error('err'); process.exit(3)";
    const outcome = await capture(process.execPath, ['-e', script]);
    expect([outcome.code, outcome.stdout, outcome.missing]).toEqual([3, 'out\n', false]);
    expect(outcome.output).toContain('err');
  });

  test('that does not exist is missing, not an exception', async () => {
    expect(await capture('no-such-program-at-all', [])).toMatchObject({ code: 127, missing: true });
  });
});

test('a process that ends with its parent does not outlive a shell that was killed', async () => {
  const inner = `
    const { endWithParent } = await import(${JSON.stringify(processes)});
    endWithParent(10);
    setInterval(() => {}, 1000);
    process.stdout.write(String(process.pid));`;
  const outer = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(inner)}], { stdio: ['ignore', 'inherit', 'inherit'] });`;
  const parent = spawn(process.execPath, ['--input-type=commonjs', '-e', outer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let pid = 0;
  parent.stdout.setEncoding('utf8').once('data', (text: string) => {
    pid = Number(text);
    parent.kill('SIGKILL');
  });
  // The pipe closes once both have ended, as they share it.
  expect(await once(parent, 'close')).toEqual([null, 'SIGKILL']);
  expect(pid).toBeGreaterThan(0);
});
