import { createSecureContext, type SecureContext } from 'node:tls';

/** The options of every TLS connection that sends something, to a server or to a proxy. */
export type TlsOptions = { readonly secureContext: SecureContext; readonly rejectUnauthorized: true };

/**
 * Trusts these certificates (PEM) and no others. Both values are said explicitly: Node's defaults follow
 * NODE_TLS_REJECT_UNAUTHORIZED and NODE_OPTIONS, which a user may have set for another program.
 */
export function createTlsOptions(certificates: readonly string[]): TlsOptions {
  const secureContext = createSecureContext({ ca: [...certificates], minVersion: 'TLSv1.2' });
  return { secureContext, rejectUnauthorized: true };
}
