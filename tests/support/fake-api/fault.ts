/** What goes wrong with an answer. Plain data, so that it can be sent to a fake API in another process. */
export type Fault = {
  /** Answered instead of the page or the file. */
  readonly answer?: { readonly status: number; readonly body?: string; readonly mediaType?: string };
  /** Put in, changed, or with null taken out of the answer's headers. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly retryAfter?: RetryAfter;
  /**
   * 302 to this URL; `other-host` is the same path at the second listener, `loop` leads back here for ever,
   * `hops 3` to the file after three in all.
   */
  readonly redirect?: string;
  /** Where the answer ends too early, or stops. */
  readonly ending?: Ending;
  /** How the body's end is told: by its length unless this says otherwise. */
  readonly transfer?: 'chunked' | 'until-close' | 'gzip' | 'gzip-chunked';
  /** The body goes out so slowly. */
  readonly pace?: { readonly pieceBytes: number; readonly everyMs: number };
  /** A file is sent whole whatever part was asked for. */
  readonly ignoresRange?: true;
  /** A part is sent although the file is no longer the one that If-Range names. */
  readonly ignoresIfRange?: true;
  /** What is changed in a page's body. */
  readonly page?: PageEdit;
};

/** As `Retry-After` says it: a number of seconds, the date so many seconds from now, or any text. */
export type RetryAfter = { readonly seconds: number } | { readonly dateInSeconds: number } | { readonly text: string };

export type Ending = {
  /** `cut-off` closes the connection, `reset` breaks it (RST), `stall` leaves it open and says no more. */
  readonly how: 'cut-off' | 'reset' | 'stall';
  /** How much of the body goes out before, from 0 to 1; 'no-head' for not even the status. */
  readonly after: number | 'no-head';
};

export type PageEdit = {
  /** Put in place of the records at these positions of the page. */
  readonly records?: Readonly<Record<number, unknown>>;
  /** Echoed in `pagination`, over what it says. */
  readonly pagination?: Readonly<Record<string, unknown>>;
  /** Fields that nobody knows, in the body, in `pagination` and in each record. */
  readonly unknownFields?: true;
  /** `links` as http on another host, or none at all. */
  readonly links?: 'foreign' | 'absent';
};

/** Which requests a rule is for: a number counts them from 1; nothing means all of them. */
export type Match = {
  readonly number?: number | readonly number[];
  readonly from?: number;
  readonly to?: number;
  /** The page asked for, of calls. */
  readonly page?: number;
  /** An image, of files. */
  readonly id?: number;
  /** A part of the path. */
  readonly path?: string;
};

export type Asked = {
  /** Among the calls, or among the requests for this file, from 1. */
  readonly number: number;
  readonly page?: number;
  readonly id?: number;
  readonly path: string;
};

export type FaultRule = { readonly match: Match; readonly times?: number; readonly fault: Fault };

/** Rules in the order in which they were added; those that match are put together, the later over the earlier. */
export type FaultRules = {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for a request; a rule for `times` requests is used up by this. */
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
