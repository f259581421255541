/** Work that its client may end: under a name of the client's own, if it gave one. */
export type Tickets = {
  /** What still runs under the same ticket is ended first. */
  run<T>(ticket: string | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Resolves when it has ended. */
  end(ticket: string): Promise<void>;
  endAll(): Promise<void>;
};

/** Why `endAll` ends what runs: nothing is to be tidied up that a later process can. */
export const closing = new Error('The core closes');

export function createTickets(): Tickets {
  type Running = { readonly ticket: string | undefined; readonly controller: AbortController; ended: Promise<unknown> };
  const running = new Set<Running>();
  const end = async (which: (one: Running) => boolean, reason?: Error): Promise<void> => {
    const ending = [...running].filter(which);
    for (const { controller } of ending) controller.abort(reason);
    await Promise.allSettled(ending.map(({ ended }) => ended));
  };
  return {
    async run(ticket, work) {
      if (ticket !== undefined) void end((one) => one.ticket === ticket);
      const controller = new AbortController();
      const ended = work(controller.signal);
      const one: Running = { ticket, controller, ended };
      running.add(one);
      try {
        return await ended;
      } finally {
        running.delete(one);
      }
    },
    end: (ticket) => end((one) => one.ticket === ticket),
    endAll: () => end(() => true, closing),
  };
}
