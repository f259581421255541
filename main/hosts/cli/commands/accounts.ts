import type { AccountView } from '../../../contract/commands/accounts.ts';
import { parseDataCentre } from '../../../domain/account/data-centre.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import { cleanKey, isUsableKey, readPastedAccount, unusableKey } from '../../../domain/account/pasted-account.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { isOutOfReach, type VaultTier } from '../../../domain/account/vault-tier.ts';
import { exitCodeOf } from '../exit-code.ts';
import { findByName, lendKey, noAccount, unknownName, type Session } from '../session.ts';
import { columns, plural } from '../text/text.ts';

export type AddOptions = {
  readonly name: string;
  readonly datacenter: string;
  readonly user?: string;
  readonly vault?: 'keychain' | 'file' | 'none';
};

export async function addAccount(session: Session, options: AddOptions): Promise<number> {
  const { output, call } = session;
  const { name, datacenter, user = '' } = options;
  const listed = await call('accounts.list', {});
  const existing = listed.ok ? findByName(listed.value, name.trim()) : undefined;
  if (existing !== undefined) return refuse(session, nameTaken(existing.name));
  // An invalid key is reported before the vault is queried, unless it has yet to be typed.
  const given = options.vault === 'none' ? ok<TypedKey>({ key: '' }) : readTyped(await session.givenKey(), datacenter);
  if (!given.ok) return refuse(session, given.error);
  const vault = await chooseVault(session, options.vault);
  if (!vault.ok) return refuse(session, vault.error);
  const entered = given.value === undefined ? readTyped((await session.askKey()) ?? '', datacenter) : given;
  if (!entered.ok) return refuse(session, entered.error);
  const { key = '', userId = '' } = entered.value ?? {};
  const account = { name, datacenter, userId: user === '' ? userId : user, vault: vault.value };
  const added = await call('accounts.add', { ...account, ...(key === '' ? {} : { key }) });
  if (!added.ok) return refuse(session, added.error);
  output.document(toJson(added.value));
  output.line(`Added “${added.value.name}”. ${describeKeyLocation(added.value)}`);
  output.line(`Next: contact-sheet sync ${quoted(added.value.name)}`);
  return 0;
}

type TypedKey = { readonly key: string; readonly userId?: string | undefined };

/** Reads the key from piped or typed text, which may be a whole curl command; undefined if nothing was given yet. */
function readTyped(typed: string | undefined, datacenter: string): Result<TypedKey | undefined> {
  if (typed === undefined) return ok(undefined);
  const pasted = readPastedAccount(typed);
  const key = pasted === undefined ? cleanKey(typed) : (pasted.key ?? '');
  if (key === '') return fail(noKeyGiven('accounts add …'));
  if (!isUsableKey(key)) return fail(unusableKey());
  const other = pasted?.origin;
  if (other !== undefined && other !== parseDataCentre(datacenter)) return fail(otherOrigin(other, datacenter));
  return ok({ key, userId: pasted?.userId });
}

/** Reports a pasted command that is for another data centre than the one named. */
function otherOrigin(origin: string, datacenter: string): Failure {
  const message = `The command that was pasted is for ${origin}, and --datacenter says ${datacenter}. Name the one that is meant.`;
  return failure('bad-input', message);
}

function nameTaken(name: string): Failure {
  const message = `There is an account called “${name}” already. Choose another name, or remove that one first: contact-sheet accounts remove ${quoted(name)}`;
  return failure('name-taken', message);
}

/** Replaces an account's key in its vault; the catalogue and all else stay. */
export async function changeKey(session: Session, name: string): Promise<number> {
  const { output, call } = session;
  const account = await findAccount(session, name);
  if (!account.ok) return refuse(session, account.error);
  const key = cleanKey((await session.givenKey()) ?? (await session.askKey()) ?? '');
  if (key === '') return refuse(session, noKeyGiven(`accounts key ${quoted(account.value.name)}`));
  if (!isUsableKey(key)) return refuse(session, unusableKey());
  const changed = await call('accounts.setKey', { id: account.value.id, key });
  if (!changed.ok) return refuse(session, changed.error);
  output.document({ account: account.value.name, changed: true });
  output.line(`The new key of “${account.value.name}” is in ${account.value.vaultName}.`);
  return 0;
}

/** Defaults to the keychain; if it is unusable the user chooses, as there is no automatic fallback. */
async function chooseVault({ call }: Session, asked: AddOptions['vault']): Promise<Result<VaultTier>> {
  if (asked !== undefined) return ok(asked);
  const status = await call('vault.status', { tiers: ['keychain'] });
  if (!status.ok) return status;
  const [keychain] = status.value;
  if (!keychain || keychain.usable) return ok('keychain');
  const choices =
    'Choose where to keep the key: --vault keychain (once it works), --vault file (a file encrypted with your passphrase), or --vault none (nowhere: CONTACT_SHEET_API_KEY gives it at each run).';
  const why = keychain.failure?.message ?? 'The keychain does not answer.';
  return fail(failure(keychain.failure?.code ?? 'vault-missing', `${why} ${choices}`));
}

function describeKeyLocation({ vault, vaultName }: AccountView): string {
  if (vault === 'none') return 'Its key is kept nowhere: give it at each run in CONTACT_SHEET_API_KEY.';
  return `Its key is in ${vaultName}.`;
}

export async function listAccounts(session: Session): Promise<number> {
  const { output, call } = session;
  const listed = await call('accounts.list', {});
  if (!listed.ok) return refuse(session, listed.error);
  output.document(listed.value.map(toJson));
  if (listed.value.length === 0) output.line(noAccount().message);
  for (const line of columns(listed.value.map(describe))) output.line(line);
  return 0;
}

function describe({ name, kind, datacenter, userId, images, vault, vaultName, syncedAt }: AccountView): string[] {
  const known = syncedAt === null && images === 0 ? 'not synced yet' : plural(images, 'image');
  if (kind === 'sample') return [name, known, 'generated pictures', '', ''];
  const whose = userId === '' ? 'the key’s own images' : `user ${userId}`;
  return [name, known, datacenter, whose, vault === 'none' ? 'key kept nowhere' : `key in ${vaultName}`];
}

export async function testAccount(session: Session, name: string): Promise<number> {
  const { output, call } = session;
  const account = await findAccount(session, name);
  if (!account.ok) return refuse(session, account.error);
  const lent = await lendKey(session, [account.value]);
  const tested = lent.ok ? await call('accounts.test', { id: account.value.id }) : lent;
  if (!tested.ok) return refuse(session, tested.error);
  const { total, calls } = tested.value;
  output.document({ account: account.value.name, works: true, total, calls });
  output.line(`It works: ${plural(total, 'image')}. A whole sync costs ${plural(calls, 'call')}.`);
  return 0;
}

export type RemoveOptions = { readonly deleteCatalogue?: boolean; readonly leaveKey?: boolean };

export async function removeAccount(session: Session, name: string, options: RemoveOptions): Promise<number> {
  const { output, call } = session;
  const { leaveKey = false } = options;
  const catalogue = options.deleteCatalogue === true ? 'delete' : 'keep';
  const account = await findAccount(session, name);
  const target = account.ok ? account : await findRetired(session, name, catalogue, account.error);
  if (!target.ok) return refuse(session, target.error);
  const removed = await call('accounts.remove', { id: target.value.id, catalogue, leaveKey });
  if (!removed.ok) return refuse(session, leaveKey ? removed.error : addLeaveKeyHint(removed.error));
  const { name: removedName, vault } = target.value;
  const hadKey = vault !== 'none' && !leaveKey;
  output.document({ removed: removedName, catalogue });
  const rest =
    catalogue === 'keep'
      ? `Its catalogue is kept and still searched. To let that go too: contact-sheet accounts remove ${quoted(removedName)} --delete-catalogue`
      : 'Its catalogue was deleted.';
  output.line(`Removed “${removedName}”${hadKey ? ' and its key' : ''}. ${rest}`);
  return 0;
}

function addLeaveKeyHint(error: Failure): Failure {
  if (!isOutOfReach(error.code)) return error;
  return { ...error, message: `${error.message} To remove the account and leave its key where it is: --leave-key` };
}

/** Finds a removed account whose catalogue was kept and can still be deleted. */
async function findRetired(session: Session, name: string, catalogue: 'keep' | 'delete', error: Failure) {
  if (catalogue === 'keep') return fail(error);
  const retired = await session.call('accounts.retired', {});
  if (!retired.ok) return retired;
  const account = findByName(retired.value, name);
  return account === undefined ? fail(error) : ok(account);
}

async function findAccount(session: Session, name: string): Promise<Result<AccountView>> {
  const listed = await session.call('accounts.list', {});
  if (!listed.ok) return listed;
  const account = findByName(listed.value, name);
  return account === undefined ? fail(unknownName(name, listed.value)) : ok(account);
}

function toJson({ name, kind, datacenter, userId, vault, images, syncedAt }: AccountView) {
  const synced = syncedAt === null ? null : new Date(syncedAt).toISOString();
  return { name, kind, datacenter, user: userId, vault, images, synced };
}

export function refuse({ output }: Session, error: Failure): number {
  output.failed(error, 'document');
  return exitCodeOf(error.code);
}

function noKeyGiven(command: string): Failure {
  const message = `No key was given. Pipe it in (\`contact-sheet ${command} < key.txt\`) or set CONTACT_SHEET_API_KEY; a key is never an argument, as other users could see it.`;
  return failure('bad-input', message);
}

/** Quotes for a shell. */
export function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
