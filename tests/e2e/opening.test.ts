import { statSync } from 'node:fs';
import { expect } from 'vitest';
import { accessibilityProblems } from './support/axe.ts';
import { forEachHost } from './support/journeys.ts';
import { takeScreens } from './support/screens.ts';

forEachHost((host) => {
  host.test('opens on an empty profile with the way in, adds the sample library, and finds it again', async () => {
    const app = await host.open();
    await app.page.getByRole('button', { name: /sample library/iu }).first().waitFor();
    expect(await app.page.title()).toContain('Contact Sheet');
    console.log(await accessibilityProblems(app.page));
    const screens = await takeScreens(app.page, `first-run-${host.name}`);
    expect(screens.map((file) => statSync(file).size > 1000)).toEqual(Array(6).fill(true));
    console.log(app.faults);
  });
});
