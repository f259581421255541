import { UnsoundHeadError } from './response-head.ts';

/** What can go wrong between here and an answer, in one closed union. */
export type NetworkProblemKind =
  | 'offline'
  | 'name-not-found'
  | 'connection-refused'
  | 'connection-lost'
  | 'timed-out'
  | 'tls-refused'
  | 'proxy-refused'
  | 'not-permitted'
  | 'not-http'
  | 'cut-off'
  | 'cancelled';

export type NetworkProblem = {
  readonly kind: NetworkProblemKind;
  /** One or two sentences for a person. */
  readonly message: string;
};

/** What a connection of ours is refused with before anything is sent. */
export class NotPermittedError extends Error {
  readonly code = 'NOT_PERMITTED';
}

/** A content coding that can't be undone, or not within its limit. The message goes on behind the host's name. */
export class ContentCodingError extends Error {
  readonly code = 'CONTENT_CODING';
}

/** Where the request was going: a host as people write it, and the proxy on the way. */
export type Destination = { readonly host: string; readonly proxy: string | null };

type Rule = { readonly kind: NetworkProblemKind; readonly codes: RegExp };

const rules: readonly Rule[] = [
  { kind: 'not-permitted', codes: /^NOT_PERMITTED$/ },
  { kind: 'offline', codes: /^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EAI_AGAIN|EADDRNOTAVAIL)$/ },
  { kind: 'name-not-found', codes: /^(?:ENOTFOUND|EAI_\w+)$/ },
  { kind: 'connection-refused', codes: /^(?:ECONNREFUSED|EACCES|EPERM)$/ },
  { kind: 'timed-out', codes: /^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/ },
  {
    kind: 'tls-refused',
    codes: /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|CRL_|HOSTNAME_MISMATCH|ERROR_IN_C)/,
  },
  { kind: 'tls-refused', codes: /^(?:INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)$/ },
  { kind: 'proxy-refused', codes: /^UND_ERR_PRX_/ },
  { kind: 'not-http', codes: /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW$|CONTENT_CODING$|UNSOUND_HEAD$)/ },
  { kind: 'cut-off', codes: /^(?:Z_|ERR_BROTLI|ERR__ERROR_|ERR_ZSTD|ZSTD_|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$)/ },
  { kind: 'cancelled', codes: /^(?:UND_ERR_DESTROYED|UND_ERR_CLOSED|ABORT_ERR)$/ },
  { kind: 'connection-lost', codes: /^(?:ECONN|EPIPE|UND_ERR_|ERR_STREAM_|E[A-Z]+$)/ },
];

const connectTimeout = 'UND_ERR_CONNECT_TIMEOUT';
const headersOverflow = 'UND_ERR_HEADERS_OVERFLOW';

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Returns what undici's HTTP parser objected to; undefined for any other error. Its errors come without a code. */
function parserComplaint(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'HTTPParserError') return undefined;
  return /\((.*)\)/.exec(error.message)?.[1] ?? 'unreadable answer';
}

/** Classifies by the error's class and words where its code says nothing, or says less. */
function kindByClass(error: unknown): NetworkProblemKind | undefined {
  const complaint = parserComplaint(error);
  if (complaint !== undefined) return /\bEOF\b/.test(complaint) ? 'cut-off' : 'not-http';
  return error instanceof Error && error.message === 'bad upgrade' ? 'not-http' : undefined;
}

/** The status that a proxy answered instead of letting the request through. */
function proxyStatus(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('Proxy Authentication Required')) return '407';
  return /^Proxy response \((\d+)\)/.exec(message)?.[1];
}

/** Classifies the error of a request or body; undefined for an error that no rule knows. */
export function kindOfError(error: unknown, proxied: boolean): NetworkProblemKind | undefined {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out';
  if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
  if (proxyStatus(error) !== undefined) return 'proxy-refused';
  const kind = kindByClass(error) ?? rules.find((rule) => rule.codes.test(codeOf(error)))?.kind;
  // Through a proxy it is the proxy that a connection is made to.
  const proxyFailed = kind === 'connection-refused' || kind === 'name-not-found' || codeOf(error) === connectTimeout;
  return proxied && proxyFailed ? 'proxy-refused' : kind;
}

function proxySentence(error: unknown, { host, proxy }: Destination): string {
  const status = proxyStatus(error);
  if (status === '407') return `The proxy ${proxy} asks for a user name and password. Put them into HTTPS_PROXY.`;
  if (status !== undefined) {
    return `The proxy ${proxy} did not let the connection to ${host} through (status ${status}). Ask whoever runs it.`;
  }
  return `The proxy ${proxy} can't be reached. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`;
}

function notHttpSentence(error: unknown, host: string): string {
  const complaint = parserComplaint(error);
  if (complaint !== undefined) {
    return `The answer of ${host} is not valid HTTP (${complaint}). Check the address, or try again later.`;
  }
  if (codeOf(error) === headersOverflow)
    return `The answer of ${host} has more than 32 KB of headers. Try again later.`;
  if (error instanceof ContentCodingError) return `${host} ${error.message}`;
  return `What answers at ${host} does not speak HTTP. Check the address.`;
}

/** What happened, in words. TLS has its own words (tls-text.ts). */
export function describeNetworkError(kind: NetworkProblemKind, error: unknown, to: Destination): NetworkProblem {
  const { host } = to;
  const sentences: Readonly<Record<NetworkProblemKind, string>> = {
    offline: `There is no way to ${host} from here: this machine seems to be offline. Check the network and try again.`,
    'name-not-found': `No server is called ${host}. Check the address, and whether this machine is online.`,
    'connection-refused': `${host} refused the connection: nothing answers there. Check the address, or try again later.`,
    'connection-lost': `The connection to ${host} broke off. Try again.`,
    'timed-out': `${host} did not answer in time. Try again later.`,
    'tls-refused': `No secure connection to ${host} could be made.`,
    'proxy-refused': proxySentence(error, to),
    'not-permitted': error instanceof NotPermittedError ? error.message : 'The address may not be reached.',
    'not-http': error instanceof UnsoundHeadError ? `${host}: ${error.message}` : notHttpSentence(error, host),
    'cut-off': `The answer of ${host} ended too early or was damaged on the way. Try again.`,
    cancelled: 'It was cancelled.',
  };
  return { kind, message: sentences[kind] };
}
