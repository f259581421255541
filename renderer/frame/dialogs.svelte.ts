import type { AccountView } from '../../main/contract/commands/accounts.ts';

/** What lies over the window; one at a time. */
export type OpenDialog =
  /** `like`: a removed one that is to be added again. */
  | { readonly kind: 'add-account'; readonly like?: AccountView }
  | { readonly kind: 'edit-account'; readonly account: AccountView }
  | { readonly kind: 'key'; readonly account: AccountView }
  /** Opens where the account's key is kept. */
  | { readonly kind: 'unlock'; readonly account: AccountView }
  | { readonly kind: 'remove-account'; readonly account: AccountView }
  | { readonly kind: 'plan' }
  | { readonly kind: 'journal'; readonly account?: AccountView }
  | { readonly kind: 'go-to' }
  /** `at`: the part that is meant. */
  | { readonly kind: 'settings'; readonly at?: 'updates' }
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
