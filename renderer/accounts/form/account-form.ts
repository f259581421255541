import {
  accountNameProblem,
  cleanAccountName,
  isSameAccountName,
  type AccountNameProblem,
} from '../../../main/domain/account/account-name.ts';
import { dataCentres, parseDataCentre } from '../../../main/domain/account/data-centre.ts';
import { cleanKey, cleanUserId, isUsableKey } from '../../../main/domain/account/pasted-account.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';

/** The choice in place of a data centre's id that asks for an address. */
export const otherCentre = 'other';

/** What is typed into the dialog that adds an account. */
export type AccountForm = {
  name: string;
  /** A data centre's id, `otherCentre`, or '' while none is chosen. */
  centre: string;
  /** For `otherCentre` only. */
  address: string;
  userId: string;
  key: string;
};
export type AccountField = keyof AccountForm;
export type AccountProblems = { readonly [Field in AccountField]?: MessageKey };

/** As long as the core takes. */
const longestUserId = 200;

/** The choice and the address that stand for an origin. */
export function centreOf(origin: string): Pick<AccountForm, 'centre' | 'address'> {
  const preset = dataCentres.find((centre) => centre.origin === origin);
  return preset === undefined ? { centre: otherCentre, address: origin } : { centre: preset.id, address: '' };
}

/** Undefined while no usable one is chosen. */
export function originOf({ centre, address }: Pick<AccountForm, 'centre' | 'address'>): string | undefined {
  return parseDataCentre(centre === otherCentre ? cleanAddress(address) : centre);
}

/** An address as it is typed or pasted, without quotes, path and the like; https where it names no scheme. */
export function cleanAddress(text: string): string {
  const bare = text.trim().replace(/^['"`<]+|['"`>]+$/g, '');
  const full = /^[a-z\d-]+(\.[a-z\d-]+)+([:/].*)?$/i.test(bare) ? `https://${bare}` : bare;
  return parseDataCentre(full) ?? bare;
}

/** Every field without what came along with it. */
export function cleanForm({ name, centre, address, userId, key }: AccountForm): AccountForm {
  const cleaned = { name: cleanAccountName(name), centre, address: cleanAddress(address) };
  return { ...cleaned, userId: cleanUserId(userId), key: cleanKey(key) };
}

const nameProblems: Readonly<Record<AccountNameProblem, MessageKey>> = {
  empty: 'account.nameEmpty',
  'too-long': 'account.nameTooLong',
  'control-characters': 'account.nameControls',
};

/** `others`: the names of the other accounts. */
export function findNameProblem(text: string, others: readonly string[]): MessageKey | undefined {
  const name = cleanAccountName(text);
  const problem = accountNameProblem(name);
  if (problem !== undefined) return nameProblems[problem];
  return others.some((other) => isSameAccountName(other, name)) ? 'account.nameTaken' : undefined;
}

export function findKeyProblem(text: string): MessageKey | undefined {
  const key = cleanKey(text);
  if (key === '') return 'account.keyEmpty';
  return isUsableKey(key) ? undefined : 'account.keyUnusable';
}

/** What keeps the connection from being tested; empty where nothing does. */
export function findConnectionProblems(form: AccountForm): AccountProblems {
  const key = findKeyProblem(form.key);
  return {
    ...(form.centre === '' ? { centre: 'account.centreEmpty' } : {}),
    ...(form.centre === otherCentre && originOf(form) === undefined ? { address: 'account.addressUnusable' } : {}),
    ...(cleanUserId(form.userId).length > longestUserId ? { userId: 'account.userIdTooLong' } : {}),
    ...(key === undefined ? {} : { key }),
  };
}

/** What keeps the account from being added; empty where nothing does. */
export function findProblems(form: AccountForm, others: readonly string[]): AccountProblems {
  const name = findNameProblem(form.name, others);
  return { ...(name === undefined ? {} : { name }), ...findConnectionProblems(form) };
}
