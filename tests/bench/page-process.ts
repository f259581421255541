import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export type PageProcess = {
  /** Processor time of all its threads so far, in ms. */
  cpuMs(): Promise<number>;
  /** What the page's objects take once the garbage is gone, and what its whole process takes. */
  memory(): Promise<{ readonly heapBytes: number; readonly processBytes: number }>;
};

/** The process that a page runs in, as the browser and the system see it. */
export async function openPageProcess(browser: Browser, page: Page): Promise<PageProcess> {
  const [session, devtools] = await Promise.all([browser.newBrowserCDPSession(), page.context().newCDPSession(page)]);
  await devtools.send('Performance.enable');
  const find = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The browser keeps another one in reserve, which has done nothing.
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

/** Proportional set size: what it shares with other processes counts by its share. On Linux alone. */
function ownBytes(pid: number): number {
  const [, kibibytes = '0'] = /^Pss:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
