import { expect, onTestFinished } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { startFakeApi, type FakeApi, type FakeApiSettings } from '../support/fake-api/fake-api.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { faults } from '../support/fake-api/faults.ts';
import type { Fault } from '../support/fake-api/fault.ts';
import { fillByCommand, keyField, openAccountForm } from './support/account-steps.ts';
import { forEachHost } from './support/journeys.ts';
import { accountMenu, dialog, syncSays } from './support/steps.ts';

const key = 'right-key-0123456789';
const user = '4711';

async function openApi(settings: FakeApiSettings = {}): Promise<FakeApi> {
  const api = await startFakeApi({ library: plainImages(230), ...settings });
  onTestFinished(() => api.close());
  return api;
}

forEachHost((host) => {
  host.test('tells the answers of a connection test apart', async () => {
    const api = await openApi({ key, userIds: [user, 'locked'], forbiddenUserIds: ['locked'] });
    const app = await host.open();
    const form = await openAccountForm(app.page);
    await fillByCommand(form, 'Brand team', { origin: api.origin, userId: user, key });
    await seesFields(form, { Address: api.origin, 'User ID': user });
    expect(await keyField(form).inputValue()).toBe(key);
    await form.getByText(/Filled in from what you pasted: Data centre, User ID,? and API key\./u).waitFor();

    await answers(form, 'It works', /230 images\. A full sync takes 3 calls\./u);
    await keyField(form).fill('wrong-key-0123456789');
    await answers(form, 'The key was not accepted');
    await keyField(form).fill(key);
    await form.getByRole('textbox', { name: 'User ID' }).fill('locked');
    await answers(form, 'The key has no permission for these images');
    await form.getByRole('textbox', { name: 'User ID' }).fill('nobody');
    await answers(form, 'This user doesn’t exist in this data centre');
    await form.getByRole('textbox', { name: 'User ID' }).fill(user);

    const faulty = async (fault: Fault, title: string | RegExp) => {
      api.clearFaults();
      api.faultCalls(fault);
      await answers(form, title);
    };
    await faulty(faults.allowanceUsedUp(), 'The licence’s calls are used up');
    await faulty(faults.loginPage(), 'What answers there is not the image API');
    await faulty(faults.badGateway(), 'Server error');
    await faulty(faults.reset('no-head'), 'The answer broke off');

    const calls = api.calls().length;
    const address = form.getByRole('textbox', { name: 'Address' });
    await address.fill(api.origin.replace('http:', 'https:'));
    await answers(form, 'No secure connection');
    await address.fill('http://127.0.0.1:9');
    await answers(form, 'The connection was refused');
    await address.fill('https://nowhere.invalid');
    // A computer without a name server can't tell an unknown name from a missing connection.
    await answers(form, /^(?:No server has this name|No connection)$/u);
    expect(api.calls().length).toBe(calls);
    await address.fill(api.origin);
    // Must be the last one, as from now on the gate sends no call with this key.
    await faulty(faults.throttled({ seconds: 3600 }), /^QuestionPro asks to wait/u);
    await address.fill('nonsense');
    await form.getByRole('button', { name: 'Test connection' }).click();
    await form.getByText(/^Enter a full address that starts with/u).waitFor();
  });

  host.test('keeps an account from its first sync to its removal', async () => {
    const api = await openApi();
    const app = await host.open();
    await addWithPassphrase(app.page, api);
    expect(await syncSays(app.page, /3 calls · 230 new/u).count()).toBe(1);
    await page230(app.page);
    expect(api.calls().length).toBe(3);

    await renewKey(app.page, api);
    await rename(app.page);
    await removeAndAddAgain(app.page, api);
  });
});

async function seesFields(form: Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    expect(await form.getByRole('textbox', { name }).inputValue()).toBe(value);
  }
  expect(await form.getByRole('combobox', { name: 'Data centre' }).inputValue()).toBe('other');
}

/** Tests the connection and waits for the result's title and the text below it. */
async function answers(form: Locator, title: string | RegExp, text = /./u): Promise<void> {
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText(title, { exact: true }).first().waitFor();
  await form.getByText(text).first().waitFor();
  expect(await form.getByRole('alert').count()).toBeLessThanOrEqual(1);
}

async function addWithPassphrase(page: Page, { origin }: FakeApi): Promise<void> {
  const form = await openAccountForm(page);
  await fillByCommand(form, 'Brand team', { origin, userId: user, key });
  const add = form.getByRole('button', { name: 'Add account' });
  await add.click();
  // There is no keychain on this bus, so nothing is preselected.
  await form.getByText('Choose where to keep the key.').waitFor();
  await form.getByRole('radio', { name: /passphrase/u }).check();
  await form.getByLabel('Passphrase', { exact: true }).fill('correct horse');
  await form.getByLabel('Repeat passphrase', { exact: true }).fill('correct house');
  await add.click();
  await form.getByText('The passphrases don’t match. Type it again.').waitFor();
  await form.getByLabel('Repeat passphrase', { exact: true }).fill('correct horse');
  await add.click();
  const added = dialog(page, '“Brand team” is added');
  await added.getByText(/one call of your licence’s allowance for each 100 images/u).waitFor();
  await added.getByRole('button', { name: 'Sync now' }).click();
  await syncSays(page, /Synced /u).waitFor();
}

async function page230(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Gallery' }).getByText('230 images', { exact: true }).waitFor();
}

/** Replaces a key that has become invalid, after which the sync continues. */
async function renewKey(page: Page, api: FakeApi): Promise<void> {
  api.library.upload(5);
  api.faultCalls(faults.documented(401));
  await openSync(page, '1 call if nothing is new, 3 for a full sync');
  await page.getByRole('dialog', { name: 'Sync' }).getByRole('button', { name: 'Sync now' }).click();
  await syncSays(page, /Sync failed/u).waitFor();
  const warning = page.getByRole('button', { name: /^Brand team: The key was not accepted/u });
  await warning.waitFor();
  await page.reload();
  await warning.waitFor();
  await syncSays(page, /Sync failed/u).click();
  await page.getByRole('dialog', { name: 'Sync' }).getByRole('button', { name: 'Enter a new key…' }).click();
  const renewed = dialog(page, 'New key for “Brand team”');
  await renewed.getByLabel('New API key').fill('another-key-0123456789');
  api.clearFaults();
  await renewed.getByRole('button', { name: 'Test connection' }).click();
  await renewed.getByText(/235 images\./u).waitFor();
  await renewed.getByRole('button', { name: 'Save key' }).click();
  await renewed.getByRole('button', { name: 'Sync now' }).click();
  await syncSays(page, /Synced .*5 new/u).waitFor();
  expect(api.calls().at(-1)?.headers['api-key']).toBe('another-key-0123456789');
}

async function openSync(page: Page, cost: string): Promise<void> {
  await syncSays(page, /Synced /u).click();
  await page.getByRole('dialog', { name: 'Sync' }).getByText(cost).waitFor();
}

async function rename(page: Page): Promise<void> {
  await accountMenu(page, 'Brand team', 'Edit…');
  const edit = dialog(page, 'Edit “Brand team”');
  await edit.getByRole('textbox', { name: 'Name' }).fill('Panel');
  await edit.getByRole('radio', { name: 'Purple' }).check({ force: true });
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: /^Panel 235$/u }).click();
  await page.getByRole('button', { name: 'Actions for Panel' }).waitFor();
  await accountMenu(page, 'Panel', 'Edit…');
  expect(await dialog(page, 'Edit “Panel”').getByRole('radio', { name: 'Purple' }).isChecked()).toBe(true);
  await page.keyboard.press('Escape');
}

async function removeAndAddAgain(page: Page, { origin }: FakeApi): Promise<void> {
  await accountMenu(page, 'Panel', 'Remove…');
  await dialog(page, 'Remove “Panel”').getByRole('button', { name: 'Remove account' }).click();
  await page.getByText('Removed “Panel”. Its images are still here.').waitFor();
  await page.getByRole('heading', { name: 'Removed accounts' }).waitFor();
  await accountMenu(page, 'Panel', 'Add it again…');
  const form = dialog(page, 'Add an account');
  expect(await form.getByRole('textbox', { name: 'Address' }).inputValue()).toBe(origin);
  await keyField(form).fill(key);
  await form.getByRole('radio', { name: /session/u }).check();
  await form.getByRole('button', { name: 'Add account' }).click();
  const added = dialog(page, '“Panel” is added');
  await added.getByText('235 images that were here before are back with it.').waitFor();
  await added.getByRole('button', { name: 'Later' }).click();

  await accountMenu(page, 'Panel', 'Remove…');
  const question = dialog(page, 'Remove “Panel”');
  await question.getByRole('radio', { name: 'Delete its catalogue too' }).check();
  await question.getByRole('button', { name: 'Continue…' }).click();
  await question.getByRole('button', { name: 'Delete 235 images for good' }).click();
  await page.getByRole('button', { name: 'Open the sample library' }).waitFor();
}
