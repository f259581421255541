import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';

type InPage = {
  document: { createElement(tag: string): { src: string }; body: { append(child: object): void } };
  console: { error(text: string): void };
  setTimeout(call: () => void): void;
};

forEachHost((host) => {
  host.test('nothing that goes wrong in a page goes unseen', async () => {
    const app = await host.open();
    await app.page.getByRole('button', { name: /sample library/iu }).waitFor();
    await app.page.evaluate(() => {
      const page = globalThis as unknown as InPage;
      page.console.error('a word on the console');
      page.setTimeout(() => {
        throw new Error('a mistake in a script');
      });
      page.document.body.append(
        Object.assign(page.document.createElement('img'), { src: 'https://evil.example/one.png' }),
      );
    });
    const all = () => app.faults.join('\n');
    await expect.poll(all).toContain('console: a word on the console');
    await expect.poll(all).toContain('page error: Error: a mistake in a script');
    await expect.poll(all).toMatch(/^CSP: img-src https:\/\/evil\.example/mu);
    expect(app.takeFaults().length).toBeGreaterThanOrEqual(3);
    expect(app.faults).toEqual([]);
  });
});
