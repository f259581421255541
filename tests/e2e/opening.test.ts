import { statSync } from 'node:fs';
import { expect } from 'vitest';
import { accessibilityProblems } from './support/axe.ts';
import { forEachHost } from './support/journeys.ts';
import { takeScreens } from './support/screens.ts';

forEachHost((host) => {
  host.test('opens an empty profile with the ways in, fills it by one click, and finds it again', async () => {
    const app = await host.open();
    expect(await app.page.title()).toContain('Contact Sheet');
    const sample = app.page.getByRole('button', { name: /sample library/iu });
    await sample.waitFor();
    expect(await accessibilityProblems(app.page)).toEqual([]);
    const screens = await takeScreens(app.page, `first-run-${host.name}`);
    expect(screens.filter((file) => statSync(file).size < 1000)).toEqual([]);

    await sample.click();
    // The sync's events fill the library while it runs.
    await app.page.getByText('2,000').first().waitFor();
    const again = await app.restart();
    await again.page.getByText('2,000').first().waitFor();
    expect(await again.close()).toBe(0);
  });

  host.test('loses nothing to a kill', async () => {
    const app = await host.open();
    await app.page.getByRole('button', { name: /sample library/iu }).click();
    await app.page.getByText('2,000').first().waitFor();
    await app.kill();
    const again = await app.restart();
    await again.page.getByText('2,000').first().waitFor();
    expect(await again.close()).toBe(0);
  });
});
