import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export type PageProcess = {
  /** Returns the CPU time of all threads so far, in ms. */
  cpuMs(): Promise<number>;
  /** Returns the heap size after a garbage collection, and the memory of the whole process. */
  memory(): Promise<{ readonly heapBytes: number; readonly processBytes: number }>;
};

/** Opens the process of a page, as seen by the browser and the system. */
export async function openPageProcess(browser: Browser, page: Page): Promise<PageProcess> {
  const [session, devtools] = await Promise.all([browser.newBrowserCDPSession(), page.context().newCDPSession(page)]);
  await devtools.send('Performance.enable');
  const find = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The browser keeps a spare renderer, which has done nothing.
    const [busiest] = processInfo
      .filter(({ type }) => type === 'renderer')
      .toSorted((one, other) => other.cpuTime - one.cpuTime);
    if (busiest === undefined) throw new Error('The page has no process');
    return busiest;
  };
  return {
    cpuMs: async () => (await find()).cpuTime * 1000,
    async memory() {
      await devtools.send('HeapProfiler.collectGarbage');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const heapBytes = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
      return { heapBytes, processBytes: ownBytes((await find()).id) };
    },
  };
}

/** Returns the proportional set size: memory shared with other processes counts by its share. Linux only. */
function ownBytes(pid: number): number {
  const [, kibibytes = '0'] = /^Pss:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
