import type { Locator, Page } from 'playwright-core';
import { dialog, paste, syncSays } from './steps.ts';

/** A user of a fake API at this origin. */
export type Subject = { readonly origin: string; readonly userId: string; readonly key: string };

/** Returns a curl command as in QuestionPro's documentation. */
export function curlCommand({ origin, userId, key }: Subject): string {
  return `curl --location --request GET '${origin}/a/api/v2/users/${userId}/images?page=1&perPage=100' \\\n  --header 'api-key: ${key}'`;
}

export async function openAccountForm(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add an account' }).click();
  return dialog(page, 'Add an account');
}

export async function fillByCommand(form: Locator, name: string, subject: Subject): Promise<void> {
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await paste(keyField(form), curlCommand(subject));
}

export function keyField(form: Locator): Locator {
  return form.getByLabel('API key', { exact: true });
}

/** Adds an account with a vault that needs no passphrase, and waits for its first sync to finish. */
export async function addAndSync(page: Page, name: string, subject: Subject, vault: RegExp): Promise<void> {
  const form = await openAccountForm(page);
  await fillByCommand(form, name, subject);
  await form.getByRole('radio', { name: vault }).check();
  await form.getByRole('button', { name: 'Add account' }).click();
  await dialog(page, `“${name}” is added`)
    .getByRole('button', { name: /^Sync now/u })
    .click();
  await syncSays(page, /Synced /u).waitFor();
}
