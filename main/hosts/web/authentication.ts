import { timingSafeEqual } from 'node:crypto';

/** Secrets that only the page holds, beside the cookie: browsers send a cookie to every port of its host, where it can be stolen. */
export type PageKey = {
  /** Opens the door; sent as a WebSocket protocol. */
  readonly door: string;
  /** Opens pictures; sent in their addresses, which people copy. */
  readonly pictures: string;
};

export type Authentication = {
  /** The token that lets the next browser in. */
  token(): string;
  /** Takes the token, which is dead from then on: another one takes its place. False for any other text. */
  spend(token: string): boolean;
  /** Returns whether this process made the token, spent or not. */
  isOurs(token: string): boolean;
  /** Whether a Cookie header holds this process's secret. */
  isKnown(cookieHeader: string | undefined): boolean;
  /** Returns whether a Sec-WebSocket-Protocol header offers the key of the door. */
  opensDoor(protocolHeader: string | undefined): boolean;
  opensPictures(key: string | null): boolean;
  /** The value of Set-Cookie for who is let in. */
  readonly setCookie: string;
  /** Given once, to whoever spends a token. */
  readonly pageKey: PageKey;
};

/**
 * Decides who may talk to this process: a token for one use, which becomes a cookie and a key that only the page holds. All of
 * them live in memory alone, so a restart asks for a new one. The cookie is named by the port, as browsers share cookies
 * between the ports of a machine.
 */
export function createAdmission(port: number, createSecret: () => string): Authentication {
  const cookieName = `contact-sheet-${port}`;
  const secret = createSecret();
  const pageKey: PageKey = { door: createSecret(), pictures: createSecret() };
  const spent: string[] = [];
  let token = createSecret();
  return {
    token: () => token,
    spend(given) {
      if (!isSame(given, token)) return false;
      spent.push(token);
      token = createSecret();
      return true;
    },
    isOurs: (given) => [token, ...spent].some((known) => isSame(given, known)),
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

/** In a time that says nothing of where two texts differ. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
