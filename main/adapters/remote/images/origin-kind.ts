import { addressKind, hostKind, type AddressKind } from '../../../domain/network/address-kind.ts';
import { isAccountOrigin } from '../../../domain/network/gate-rules.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Network } from '../../../ports/network.ts';
import type { ResolveName } from '../http/guarded-connector.ts';

/** The kind of network that an account's own origin stands in; a name is asked of DNS, at most once a minute. */
export type OriginKind = (origin: string) => Promise<AddressKind>;

const rememberMs = 60_000;

export type OriginKindSettings = { readonly network: Network; readonly resolve: ResolveName; readonly clock: Clock };

export function createOriginKind({ network, resolve, clock }: OriginKindSettings): OriginKind {
  const known = new Map<string, { readonly until: number; readonly kind: Promise<AddressKind> }>();

  async function ask(url: URL): Promise<AddressKind> {
    // What is reached through a proxy is reached as the proxy sees it, and a machine behind one may have no DNS.
    if ((await network.proxyFor(url)) !== undefined) return 'public';
    try {
      const addresses = await resolve(url.hostname);
      const kinds = addresses.map(({ address }) => addressKind(address) ?? 'unusable');
      return kinds.includes('public') ? 'public' : (kinds[0] ?? 'public');
    } catch {
      return 'public';
    }
  }

  return async (origin) => {
    const url = URL.parse(origin);
    if (!url || !isAccountOrigin(url)) return 'public';
    const literal = hostKind(url.hostname);
    if (literal !== undefined) return literal;
    const remembered = known.get(url.origin);
    if (remembered && remembered.until > clock.now()) return remembered.kind;
    const kind = ask(url);
    known.set(url.origin, { until: clock.now() + rememberMs, kind });
    return kind;
  };
}
