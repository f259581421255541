import { hostKind, type AddressKind } from './address-kind.ts';

/** The parts of a parsed URL that the rules look at; a `URL` is one. */
export type UrlParts = {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
};

/** One page of the list of images, as the account asks for it. `userId` '' stands for the key's own images. */
export type PageAddress = {
  readonly origin: string;
  readonly userId: string;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
};

/** How many redirects an image may take. */
export const redirectLimit = 5;

const everyKind: readonly AddressKind[] = ['public', 'loopback', 'private', 'link-local'];

/** Whether an account may stand at this origin: https anywhere, http on loopback only, and no password in it. */
export function isAccountOrigin(url: UrlParts): boolean {
  if (url.username !== '' || url.password !== '' || hostKind(url.hostname) === 'unusable') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && hostKind(url.hostname) === 'loopback');
}

/** The path and query of a page, and nothing else that the key may ever be sent to; undefined for impossible parts. */
export function apiPath({ userId, page, perPage }: PageAddress): string | undefined {
  const counts = [page, perPage].every((count) => Number.isSafeInteger(count) && count >= 1);
  if (!counts || !userId.isWellFormed() || userId === '.' || userId === '..') return undefined;
  const user = userId === '' ? '' : `users/${encodeURIComponent(userId)}/`;
  return `/a/api/v2/${user}images?page=${page}&perPage=${perPage}`;
}

/** The rule that holds the promise: the key goes to one of the two image endpoints at the account's own origin only. */
export function mayCarryKey(url: UrlParts, address: PageAddress): boolean {
  return (
    isAccountOrigin(url) &&
    url.origin === address.origin &&
    url.pathname + url.search === apiPath(address) &&
    url.hash === ''
  );
}

/** Which addresses an API call may be connected to: http only to this machine, whatever DNS says of the name. */
export function kindsForApi(url: UrlParts): readonly AddressKind[] {
  return url.protocol === 'https:' ? everyKind : ['loopback'];
}

/** Which addresses an account's images may lie at: public ones, and those of the kind that its own origin has. */
export function kindsForImages(originKind: AddressKind): readonly AddressKind[] {
  return originKind === 'public' || originKind === 'unusable' ? ['public'] : ['public', originKind];
}

const kindWords: Readonly<Record<AddressKind, string>> = {
  public: 'the internet',
  loopback: 'this machine itself',
  private: 'a private network',
  'link-local': 'the local link',
  unusable: 'no server at all',
};

/** Why an address of this kind is not reached, as a sentence. */
export function kindProblem(kind: AddressKind): string {
  return `The address leads to ${kindWords[kind]}, which an image of this account may not be fetched from.`;
}

/** Why an image may not be fetched from this URL, as a sentence; undefined where it may. Names are checked again by DNS. */
export function imageProblem(url: UrlParts, permitted: readonly AddressKind[]): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `The address begins with "${url.protocol}", and only http and https are fetched.`;
  }
  if (url.username !== '' || url.password !== '')
    return 'The address holds a user name or password: it is not fetched.';
  const kind = hostKind(url.hostname);
  return kind === undefined || permitted.includes(kind) ? undefined : kindProblem(kind);
}

/** The same for the next hop of a redirect, which may not give up encryption either. */
export function redirectProblem(from: UrlParts, to: UrlParts, permitted: readonly AddressKind[]): string | undefined {
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    return 'The server redirects from https to http, which is not followed.';
  }
  return imageProblem(to, permitted);
}
