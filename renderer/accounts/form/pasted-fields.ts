import { cleanKey, cleanUserId, readPastedAccount } from '../../../main/domain/account/pasted-account.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';
import { centreOf, cleanAddress, type AccountForm } from './account-form.ts';

/** Fields that text can be pasted into. */
export type PasteField = 'name' | 'address' | 'userId' | 'key';

export type Paste = {
  /** What the form becomes where the paste says something. */
  readonly values: Partial<AccountForm>;
  readonly says: PasteNote;
};

/** What is said of a paste: the names of the fields it filled, or that it was cleaned. */
export type PasteNote =
  | { readonly kind: 'filled'; readonly fields: readonly MessageKey[]; readonly lacksKey: boolean }
  | { readonly kind: 'cleaned' };

const isRequest = /\bcurl\b|\bapi-key\s*[:=]|\/a\/api\//i;

/**
 * What a paste into a field does: a command or an address of QuestionPro's documentation fills every field that it
 * speaks of, anything else loses what does not belong to it. Undefined where it may be pasted as it is.
 * `value` is what the field would hold after it.
 */
export function readPaste(field: PasteField, pasted: string, value: string): Paste | undefined {
  return readWhole(field, pasted) ?? clean(field, value);
}

function readWhole(field: PasteField, pasted: string): Paste | undefined {
  // An account may be called like an address.
  if (field === 'name' && !isRequest.test(pasted)) return undefined;
  const found = readPastedAccount(pasted);
  if (found === undefined || Object.keys(found).length === 0) return undefined;
  const { origin, userId, key } = found;
  const values = {
    ...(origin === undefined ? {} : centreOf(origin)),
    ...(userId === undefined ? {} : { userId }),
    ...(key === undefined ? {} : { key }),
  };
  const fields: readonly MessageKey[] = [
    ...(origin === undefined ? [] : ['account.centre' as const]),
    ...(userId === undefined ? [] : ['account.userId' as const]),
    ...(key === undefined ? [] : ['account.key' as const]),
  ];
  return { values, says: { kind: 'filled', fields, lacksKey: key === undefined && isRequest.test(pasted) } };
}

const cleaners: Readonly<Record<PasteField, (text: string) => string>> = {
  name: (text) => text,
  address: cleanAddress,
  userId: cleanUserId,
  key: cleanKey,
};

function clean(field: PasteField, value: string): Paste | undefined {
  const cleaned = cleaners[field](value);
  return cleaned === value ? undefined : { values: { [field]: cleaned }, says: { kind: 'cleaned' } };
}
