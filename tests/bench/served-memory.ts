import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../build/bootstrap/paths.mjs';
import { ensureBuilt } from '../../build/bundles/ensure-built.mjs';
import { commandLinePart, interfacePart } from '../../build/bundles/parts.mjs';
import { callOver } from '../support/web/call-over.ts';
import { enterBy, openDoorOf } from '../support/web/enter.ts';
import type { Figure } from './figures.ts';

export type Questions = { readonly texts: readonly string[]; readonly selected: readonly string[] };

type Call = ReturnType<typeof callOver>;

/** Measures the built `contact-sheet serve` with its core and all threads, called over a WebSocket like from a page. */
export async function servedMemory(home: string, { texts, selected }: Questions): Promise<Figure[]> {
  // Other systems count a process's memory differently.
  if (!existsSync('/proc/self/smaps_rollup')) return [];
  await ensureBuilt([commandLinePart, interfacePart]);
  const served = spawn(process.execPath, [join(root, 'dist', 'contact-sheet.js'), 'serve', '--json'], {
    env: { ...process.env, CONTACT_SHEET_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const call = await signIn(served);
    let handle = await show(call, '');
    const initialMegabytes = memoryOf(served);
    for (const text of texts) {
      const next = await show(call, text);
      await call('catalogue.release', { handle });
      handle = next;
    }
    for (const query of selected) {
      await call('selection.change', { how: 'add', what: { kind: 'query', query } });
    }
    return [
      { what: 'memory: the process with all threads, first screen', value: initialMegabytes, unit: 'MB' },
      {
        what: 'memory: the process with all threads, after the questions',
        unit: 'MB',
        reach: 300,
        value: memoryOf(served),
      },
    ];
  } finally {
    served.kill('SIGTERM');
    await once(served, 'close');
  }
}

/** Signs in like a browser that opens the printed link. */
async function signIn({ stdout }: ChildProcess): Promise<Call> {
  if (stdout === null) throw new Error('No output of serve.');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return callOver(await openDoorOf(await enterBy(url)));
}

async function show(call: Call, text: string): Promise<number> {
  const found = (await call('catalogue.query', { text, take: 200 })) as { value?: { handle: number } };
  if (found.value === undefined) throw new Error(`No answer to “${text}”.`);
  return found.value.handle;
}

/** Returns the proportional set size in MB: memory shared with other programs, such as Node's code, counts in part. */
function memoryOf({ pid }: ChildProcess): number {
  const sizes = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
  return (Number(/^Pss:\s+(\d+) kB$/m.exec(sizes)?.[1]) * 1024) / 1e6;
}
