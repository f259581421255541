import { getCACertificates } from 'node:tls';
import type { Network } from '../../ports/network.ts';
import { proxyFromEnvironment, type Environment } from './proxy-environment.ts';

/** The network as the operating system and the environment describe it. */
export function createNetwork(environment: Environment): Network {
  let certificates: readonly string[] | undefined;
  return {
    certificates() {
      // Reading the system's store is slow on macOS and Windows, so it is done once.
      certificates ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
      return certificates;
    },
    proxyFor: (url) => Promise.resolve(proxyFromEnvironment(url, environment)),
  };
}
