import { expect, onTestFinished } from 'vitest';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { openKeyring } from '../support/keyring.ts';
import { addAndSync } from './support/account-steps.ts';
import { forEachHost } from './support/journeys.ts';
import { seePicture, searchFor, sortBy, syncSays, tileAt, tileOf } from './support/steps.ts';

const subject = { userId: '4711', key: 'right-key-0123456789' };
/** The browser logs an error for each missing image. */
const missingPictures = /Failed to load resource/u;

forEachHost((host) => {
  host.test('goes on without the network and with a locked keychain', async () => {
    const keyring = await openKeyring('unlocked');
    onTestFinished(() => keyring.close());
    const library = plainImages(400);
    const api = await startFakeApi({ library });
    const app = await host.open({ env: keyring.environment, expectedFaults: missingPictures });
    const { page } = app;
    await addAndSync(page, 'Brand team', { ...subject, origin: api.origin }, /GNOME Keyring|Secret Service|keyring/iu);
    await seePicture(tileOf(page, 'image-1000400.png'));

    await keyring.lock();
    await api.close();
    const again = await app.restart();
    await seePicture(tileOf(again.page, 'image-1000400.png'));
    await searchFor(again.page, 'image-100039', '10 images');
    await sortBy(again.page, 'Oldest first', /^1 of 10, .*1000390/u);
    expect(await tileAt(again.page, 1, 1).textContent()).toContain('image-1000390.png');
    await searchFor(again.page, '', '400 images');
    const tile = tileOf(again.page, 'image-1000001.png');
    const retry = tile.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    expect(await tile.textContent()).toMatch(/refused|No connection|could not be reached/u);

    await again.page
      .getByRole('group', { name: 'Sync' })
      .getByRole('button', { name: /^Sync now/u })
      .click();
    await syncSays(again.page, /Sync failed/u).waitFor();
    await again.page.getByRole('button', { name: /^Brand team: The keys are locked/u }).waitFor();

    const back = await startFakeApi({ library, port: Number(new URL(api.origin).port) });
    onTestFinished(() => back.close());
    await retry.click();
    await seePicture(tile);
  });
});
