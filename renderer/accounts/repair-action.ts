import type { AccountView } from '../../main/contract/commands/accounts.ts';
import type { OpenDialog } from '../frame/dialogs.svelte.ts';
import type { MessageKey } from '../../main/messages/messages.ts';

export type RepairAction = { readonly label: MessageKey; readonly dialog: OpenDialog };

/**
 * The dialog that mends a failure of an account, with what its button says; undefined where none does. The journal may
 * hold codes of a newer version.
 */
export function repairActionFor(code: string, account: AccountView): RepairAction | undefined {
  if (account.kind === 'sample') return undefined;
  switch (code) {
    case 'unauthorized':
    case 'forbidden':
    case 'key-missing':
      return { label: 'account.newKey', dialog: { kind: 'key', account } };
    case 'vault-missing':
      return { label: 'account.keepElsewhere', dialog: { kind: 'key', account } };
    case 'vault-locked':
    case 'wrong-passphrase':
      return { label: 'account.unlock', dialog: { kind: 'unlock', account } };
    case 'no-such-user':
    case 'name-not-found':
    case 'not-the-api':
      return { label: 'account.lookAt', dialog: { kind: 'edit-account', account } };
    default:
      return undefined;
  }
}
