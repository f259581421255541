/** One question a helper process: a line of JSON on its standard input. */
export type HelperRequest = { readonly service: string; readonly uid: string } & (
  | { readonly verb: 'read' }
  | { readonly verb: 'write'; readonly key: string }
  | { readonly verb: 'remove' }
  | { readonly verb: 'probe' }
);

/** One answer: a line of JSON on its standard output. `refused` carries the library's own words. */
export type HelperAnswer =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'key'; readonly key: string }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'differs' }
  | { readonly outcome: 'unloadable' }
  | { readonly outcome: 'refused'; readonly words: string };

/** What the asking side sees: an answer, or why there is none. */
export type HelperReply =
  | HelperAnswer
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'crashed' };
