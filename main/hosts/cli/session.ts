import type { AccountView } from '../../contract/commands/accounts.ts';
import type { CommandLineClient } from '../../contract/client.ts';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Theme } from '../../domain/settings.ts';
import type { EventMessage } from '../../contract/events.ts';
import type { Dispatch } from '../../dispatch.ts';
import type { OpenImageFile } from '../shared/page/image-response.ts';
import type { Output } from './output.ts';

/** The context of every command. */
export type Session = {
  readonly call: CommandLineClient;
  readonly listen: (receive: (message: EventMessage) => void) => () => void;
  readonly output: Output;
  /** The user's working folder; relative paths start here. */
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** Returns the key of CONTACT_SHEET_API_KEY or standard input; undefined if that is a terminal. */
  readonly givenKey: () => Promise<string | undefined>;
  /** Asks for the key on a terminal; undefined if there is none. */
  readonly askKey: () => Promise<string | undefined>;
  readonly home: string;
};

/** The context for serving the interface. */
export type ServeSession = Session & {
  readonly dispatch: Dispatch;
  readonly openPicture: OpenImageFile;
  readonly theme: () => Promise<Theme>;
  /** Reads the search index, so that the first query finds it ready. */
  readonly warm: () => void;
  /** Logs a bug. */
  readonly report: (error: unknown) => string;
  readonly platform: NodeJS.Platform;
  /** Aborted when the core was lost, which is a bug. */
  readonly lost: AbortSignal;
};

export function noAccount() {
  return failure(
    'no-account',
    'There is no account yet. Add one with `contact-sheet accounts add`, or try the sample library with `contact-sheet sample`.',
  );
}

/** Returns the accounts with these names, or all; unknown names and an empty list are failures. */
export async function accountsNamed(session: Session, names: readonly string[]): Promise<Result<AccountView[]>> {
  const listed = await session.call('accounts.list', {});
  if (!listed.ok) return listed;
  if (names.length === 0) return listed.value.length === 0 ? fail(noAccount()) : listed;
  const found: AccountView[] = [];
  for (const name of names) {
    const account = findByName(listed.value, name);
    if (account === undefined) return fail(unknownName(name, listed.value));
    if (!found.includes(account)) found.push(account);
  }
  return ok(found);
}

export function findByName(accounts: readonly AccountView[], name: string): AccountView | undefined {
  const key = (text: string) => text.normalize('NFC').toLowerCase();
  return accounts.find((account) => key(account.name) === key(name));
}

export function unknownName(name: string, accounts: readonly AccountView[]) {
  const existing = accounts.map((account) => `“${account.name}”`).join(', ');
  const hint = existing === '' ? 'There is none yet.' : `There is ${existing}.`;
  return failure('unknown-account', `There is no account called “${name}”. ${hint}`);
}

/**
 * Uses CONTACT_SHEET_API_KEY instead of the vault if the command concerns one account; fails with several, so that no
 * key reaches another account's origin.
 */
export async function lendKey(session: Session, accounts: readonly AccountView[]): Promise<Result<undefined>> {
  const key = session.environment['CONTACT_SHEET_API_KEY'];
  const keyed = accounts.filter((account) => account.kind !== 'sample');
  const [target] = keyed;
  if (key === undefined || key === '' || target === undefined) return ok();
  if (keyed.length > 1) {
    const message =
      'CONTACT_SHEET_API_KEY holds one key, and this would take several accounts. Name one account, or unset it.';
    return fail(failure('several-accounts', message));
  }
  return session.call('accounts.lendKey', { id: target.id, key });
}
