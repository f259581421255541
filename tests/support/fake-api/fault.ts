/** A fault of a response, as plain data that can be sent to a fake API in another process. */
export type Fault = {
  /** Replaces the page or the file. */
  readonly answer?: { readonly status: number; readonly body?: string; readonly mediaType?: string };
  /** Headers to add or change, or to remove with null. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly retryAfter?: RetryAfter;
  /**
   * Redirects with 302 to this URL; `other-host` is the same path at the second listener, `loop` the same URL forever,
   * `hops 3` leads to the file after three redirects in all.
   */
  readonly redirect?: string;
  /** Ends or stalls the response too early. */
  readonly ending?: Ending;
  /** How the body's end is signalled; by its length by default. */
  readonly transfer?: 'chunked' | 'until-close' | 'gzip' | 'gzip-chunked';
  /** Slows the body down. */
  readonly pace?: { readonly pieceBytes: number; readonly everyMs: number };
  /** Sends a whole file although a range was requested. */
  readonly ignoresRange?: true;
  /** Sends a range although the file no longer matches If-Range. */
  readonly ignoresIfRange?: true;
  /** Edits a page's body. */
  readonly page?: PageEdit;
};

/** A `Retry-After` value: seconds, a date that many seconds from now, or any text. */
export type RetryAfter = { readonly seconds: number } | { readonly dateInSeconds: number } | { readonly text: string };

export type Ending = {
  /** `cut-off` closes the connection, `reset` resets it (RST), `stall` leaves it open without further data. */
  readonly how: 'cut-off' | 'reset' | 'stall';
  /** The fraction of the body sent before, from 0 to 1; 'no-head' sends not even the status. */
  readonly after: number | 'no-head';
};

export type PageEdit = {
  /** Replaces the records at these positions of the page. */
  readonly records?: Readonly<Record<number, unknown>>;
  /** Overrides fields of `pagination`. */
  readonly pagination?: Readonly<Record<string, unknown>>;
  /** Adds unknown fields to the body, to `pagination` and to each record. */
  readonly unknownFields?: true;
  /** Replaces `links` by http URLs on another host, or removes them. */
  readonly links?: 'foreign' | 'absent';
};

/** The requests that a rule applies to, counted from 1; all by default. */
export type Match = {
  readonly number?: number | readonly number[];
  readonly from?: number;
  readonly to?: number;
  /** The requested page, for calls. */
  readonly page?: number;
  /** The image's id, for files. */
  readonly id?: number;
  /** A substring of the path. */
  readonly path?: string;
};

export type Asked = {
  /** The number among the calls, or among the requests for this file, from 1. */
  readonly number: number;
  readonly page?: number;
  readonly id?: number;
  readonly path: string;
};

export type FaultRule = { readonly match: Match; readonly times?: number; readonly fault: Fault };

/** Rules in the order in which they were added; matching ones are merged, later ones override earlier ones. */
export type FaultRules = {
  add(rule: FaultRule): void;
  clear(): void;
  /** Returns the fault for a request, and counts it against the rules' `times`. */
  take(asked: Asked): Fault;
};

export function createFaultRules(): FaultRules {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? Infinity }),
    clear: () => void (rules = []),
    take(asked) {
      const matching = rules.filter(({ rule, left }) => left > 0 && matches(rule.match, asked));
      for (const entry of matching) entry.left -= 1;
      const found = matching.map(({ rule }) => rule.fault);
      const headers = Object.assign({}, ...found.map((fault) => fault.headers)) as NonNullable<Fault['headers']>;
      return { ...(Object.assign({}, ...found) as Fault), headers };
    },
  };
}

export function matches(match: Match, { number, page, id, path }: Asked): boolean {
  const numbers = typeof match.number === 'number' ? [match.number] : match.number;
  return (
    (numbers === undefined || numbers.includes(number)) &&
    number >= (match.from ?? 1) &&
    number <= (match.to ?? Infinity) &&
    (match.page === undefined || match.page === page) &&
    (match.id === undefined || match.id === id) &&
    (match.path === undefined || path.includes(match.path))
  );
}
