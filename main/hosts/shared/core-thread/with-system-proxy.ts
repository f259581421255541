import type { Network } from '../../../ports/network.ts';

/**
 * The proxy that the environment names counts, as it does for the command line; where it names none, the system's own
 * settings are asked.
 */
export function withSystemProxy(usual: Network, systemProxy: (url: string) => Promise<string | undefined>): Network {
  return {
    certificates: usual.certificates,
    proxyFor: async (url) => (await usual.proxyFor(url)) ?? systemProxy(url.href),
  };
}
