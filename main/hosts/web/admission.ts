import { timingSafeEqual } from 'node:crypto';

export type Admission = {
  /** The token that lets the next browser in. */
  token(): string;
  /** Takes the token, which is dead from then on: another one takes its place. False for any other text. */
  spend(token: string): boolean;
  /** Whether a Cookie header holds this process's secret. */
  isKnown(cookieHeader: string | undefined): boolean;
  /** The value of Set-Cookie for who is let in. */
  readonly setCookie: string;
};

/**
 * Who may talk to this process: a token for one use, which becomes a cookie. Both live in memory alone, so a restart
 * asks for a new one. The cookie is named by the port, as browsers share cookies between the ports of a machine.
 */
export function createAdmission(port: number, createSecret: () => string): Admission {
  const cookieName = `contact-sheet-${port}`;
  const secret = createSecret();
  let token = createSecret();
  return {
    token: () => token,
    spend(given) {
      if (!isSame(given, token)) return false;
      token = createSecret();
      return true;
    },
    isKnown: (header = '') =>
      header
        .split(';')
        .map((pair) => pair.trim())
        .some((pair) => pair.startsWith(`${cookieName}=`) && isSame(pair.slice(cookieName.length + 1), secret)),
    setCookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

/** In a time that says nothing of where two texts differ. */
function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
