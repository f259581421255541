import type { Network } from '../../../ports/network.ts';

/** Prefers the proxy that the environment names, as the command line does; otherwise uses the system's settings. */
export function withSystemProxy(network: Network, systemProxy: (url: string) => Promise<string | undefined>): Network {
  return {
    certificates: network.certificates,
    proxyFor: async (url) => (await network.proxyFor(url)) ?? systemProxy(url.href),
  };
}
