/** Codes of connections and of DNS, which carry an errno as those of a disk do. */
const ofTheNetwork = /^(?:ECONN|EPIPE$|ENOTCONN$|ENET|EHOSTUNREACH$|EADDR|EAI_|ENOTFOUND$|EPROTO)/;

/**
 * Returns the system's own code of a file system error, such as ENOSPC; undefined for any other error. An errno alone
 * proves nothing: zlib and DNS have numbers of their own.
 */
export function fileSystemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('errno' in error)) return undefined;
  const { code } = error;
  if (typeof code !== 'string' || !/^(?:E[A-Z0-9]+|UNKNOWN)$/.test(code)) return undefined;
  return ofTheNetwork.test(code) ? undefined : code;
}
