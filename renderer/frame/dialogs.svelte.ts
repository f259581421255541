import type { AccountView } from '../../main/contract/accounts.ts';

/** What lies over the window; one at a time. */
export type OpenDialog =
  /** Without `account` a new one is added; `like` is a removed one to be added again. */
  | { readonly kind: 'account'; readonly account?: AccountView; readonly like?: AccountView }
  | { readonly kind: 'key'; readonly account: AccountView }
  /** Opens where the account's key is kept; without an account, the file with the keys. */
  | { readonly kind: 'unlock'; readonly account?: AccountView }
  | { readonly kind: 'remove-account'; readonly account: AccountView }
  | { readonly kind: 'plan' }
  | { readonly kind: 'journal'; readonly account?: AccountView }
  | { readonly kind: 'go-to' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'shortcuts' };

export class Dialogs {
  current = $state.raw<OpenDialog | undefined>();

  open(dialog: OpenDialog): void {
    this.current = dialog;
  }

  readonly close = (): void => {
    this.current = undefined;
  };
}
