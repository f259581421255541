import type { LookupFunction } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { buildConnector } from 'undici';
import { addressKind, isLocalhostName, type AddressKind } from '../../../domain/network/address-kind.ts';
import { kindProblem } from '../../../domain/network/gate-rules.ts';
import { mendingConnector } from './repair-responses.ts';
import { NotPermittedError } from './network-problem.ts';
import type { TlsOptions } from './tls-options.ts';

/** All addresses of a name; rejects with Node's DNS codes (`ENOTFOUND`, `EAI_AGAIN` …). */
export type ResolveName = (hostname: string) => Promise<readonly LookupAddress[]>;

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Keeps the addresses that may be connected to, so that no DNS answer, however often it changes, leads elsewhere. */
export async function permittedAddresses(
  hostname: string,
  permitted: readonly AddressKind[],
  resolve: ResolveName,
): Promise<readonly LookupAddress[]> {
  // RFC 6761: these names never need DNS, and must not be answered by one.
  const found = isLocalhostName(hostname) ? loopback : await resolve(hostname);
  const kept = found.filter(({ address }) => permitted.includes(addressKind(address) ?? 'unusable'));
  const first = found[0];
  if (kept.length === 0 && first) throw new NotPermittedError(kindProblem(addressKind(first.address) ?? 'unusable'));
  return kept;
}

/** Node's `lookup` option over `permittedAddresses`. */
export function guardedLookup(permitted: readonly AddressKind[], resolve: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : (options.family ?? 0);
    permittedAddresses(hostname, permitted, resolve).then(
      (addresses) => {
        const usable = addresses.filter((entry) => family === 0 || entry.family === family);
        const [first] = usable;
        if (!first) callback(Object.assign(new Error('No address'), { code: 'ENOTFOUND' }), '');
        else if (options.all) callback(null, [...usable]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

export type ConnectorOptions = {
  readonly permitted: readonly AddressKind[];
  readonly resolve: ResolveName;
  readonly tls: TlsOptions;
  readonly timeoutMs: number;
};

/** Opens sockets to permitted addresses only: literal addresses are checked here, names by what they resolve to. */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const connect = mendingConnector(
    buildConnector({
      allowH2: false,
      timeout: options.timeoutMs,
      ...options.tls,
      lookup: guardedLookup(options.permitted, options.resolve),
      autoSelectFamily: true,
      // Node's quarter of a second is too short for a slow line; the last address has the whole time.
      autoSelectFamilyAttemptTimeout: Math.max(10, Math.min(1_000, Math.ceil(options.timeoutMs / 4))),
    }),
  );
  return (target, callback) => {
    const kind = addressKind(target.hostname);
    if (kind === undefined || options.permitted.includes(kind)) connect(target, callback);
    else callback(new NotPermittedError(kindProblem(kind)), null);
  };
}
