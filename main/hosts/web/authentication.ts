import { timingSafeEqual } from 'node:crypto';

/**
 * Secrets that only the page holds, besides the cookie: browsers send a cookie to every port of its host, where it can
 * be stolen.
 */
export type PageKey = {
  /** Grants RPC access; sent as a WebSocket protocol. */
  readonly door: string;
  /** Grants access to images; sent in their URLs, which people copy. */
  readonly pictures: string;
};

export type Authentication = {
  /** Returns the token that signs in the next browser. */
  token(): string;
  /** Redeems the token, which is then replaced by a new one. Returns false for any other text. */
  spend(token: string): boolean;
  /** Returns whether this process issued the token, used or not. */
  isOurs(token: string): boolean;
  /** Returns whether a Cookie header contains this process's secret. */
  isKnown(cookieHeader: string | undefined): boolean;
  /** Returns whether a Sec-WebSocket-Protocol header offers the RPC key. */
  opensDoor(protocolHeader: string | undefined): boolean;
  opensPictures(key: string | null): boolean;
  /** The Set-Cookie value for a signed-in browser. */
  readonly setCookie: string;
  /** Given once, to the browser that redeems a token. */
  readonly pageKey: PageKey;
};

/**
 * Authenticates browsers by a single-use token, exchanged for a cookie and a key that only the page holds. All of them
 * are in memory only, so a restart requires a new sign-in. The cookie name contains the port, as browsers share cookies
 * between the ports of a host.
 */
export function createAdmission(port: number, createSecret: () => string): Authentication {
  const cookieName = `contact-sheet-${port}`;
  const secret = createSecret();
  const pageKey: PageKey = { door: createSecret(), pictures: createSecret() };
  const used: string[] = [];
  let token = createSecret();
  return {
    token: () => token,
    spend(given) {
      if (!isSame(given, token)) return false;
      used.push(token);
      token = createSecret();
      return true;
    },
    isOurs: (given) => [token, ...used].some((known) => isSame(given, known)),
    isKnown: (header = '') =>
      header
        .split(';')
        .map((pair) => pair.trim())
        .some((pair) => pair.startsWith(`${cookieName}=`) && isSame(pair.slice(cookieName.length + 1), secret)),
    opensDoor: (header = '') => header.split(',').some((protocol) => isSame(protocol.trim(), pageKey.door)),
    opensPictures: (key) => key !== null && isSame(key, pageKey.pictures),
    setCookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    pageKey,
  };
}

/** Compares in constant time. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
