import { hostKind } from '../../domain/network/address-kind.ts';
import { isInRange, parseIp, parseIpRange } from '../../domain/network/ip-address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable in lower or upper case; the lower one counts, as with curl. */
function variable(environment: Environment, name: string): string {
  return (environment[name.toLowerCase()] ?? environment[name.toUpperCase()] ?? '').trim();
}

/** One entry of NO_PROXY: `*`, a host, a domain with or without `.` or `*.` before it, a range, each maybe with a port. */
function excludes(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, bracketed, named, entryPort] = /^(?:\[([^\]]+)\]|([^:]+|.*:.*:.*))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? named ?? '').replace(/^\*?\./, '').replace(/\.$/, '');
  if (name === '' || (entryPort !== undefined && entryPort !== port)) return false;
  const address = parseIp(host);
  if (address) return host === name || isInRange(address, parseIpRange(name));
  return host === name || host.endsWith(`.${name}`);
}

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY (in either case of letters) name for a URL. What is on
 * this machine is never reached through a proxy.
 */
export function proxyFromEnvironment(url: URL, environment: Environment): string | undefined {
  const isHttps = url.protocol === 'https:';
  const setting = variable(environment, isHttps ? 'https_proxy' : 'http_proxy') || variable(environment, 'all_proxy');
  if (setting === '' || hostKind(url.hostname) === 'loopback') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const port = url.port || (isHttps ? '443' : '80');
  const entries = variable(environment, 'no_proxy')
    .toLowerCase()
    .split(/[\s,]+/);
  if (entries.some((entry) => excludes(entry, host, port))) return undefined;
  return setting.includes('://') ? setting : `http://${setting}`;
}
