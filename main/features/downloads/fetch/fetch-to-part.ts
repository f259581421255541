import type { FetchCode, FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import { FetchFault, type ImageBody, type OpenImage } from '../../../adapters/remote/images/image-source.ts';
import { diskProblem, systemCode } from '../disk/disk-problem.ts';
import type { FetchedFile, FetchFailure, FetchJob } from '../engine/engine-parts.ts';
import { createPartContent, type PartContent } from './part-content.ts';
import {
  abandonPart,
  appendToPart,
  createPart,
  createPartFile,
  discardPart,
  finishPart,
  keepPart,
  partLength,
  reopenPart,
  writeAfter,
  type PartFile,
} from './part-file.ts';
import type { SpeedLimit } from './speed-limit.ts';
import { createWatchdog, Stopped, type Watchdog } from './watchdog.ts';

export type FetchToPartDeps = {
  readonly openImage: OpenImage;
  readonly speedLimit: SpeedLimit;
  readonly clock: Clock;
};

type Run = {
  readonly job: FetchJob;
  readonly deps: FetchToPartDeps;
  readonly watchdog: Watchdog;
  readonly part: PartFile;
  /** What the part's bytes can be continued with, as of now. */
  validator: string | null;
};

type Attempt = Result<FetchedFile, FetchProblem & { readonly keep: boolean }>;

/** Longer than the gate's own limits for a connection, an answer and a stall, so that this one only ever ends what hangs. */
const patienceMs = 90_000;

/** What a further attempt can't go on from, even where some bytes are there. */
const startsOver: readonly FetchCode[] = [
  ...(['not-found', 'refused', 'unexpected-answer', 'not-permitted', 'redirect-loop'] as const),
  ...(['empty', 'web-page', 'not-a-picture', 'changed'] as const),
];

/**
 * One attempt to bring a whole, checked file to `partPath`. What a former attempt left there is read again and
 * continued, if it has a validator. Afterwards the part file is whole, or can be continued, or is gone; never in use.
 */
export async function fetchToPart(
  job: FetchJob,
  deps: FetchToPartDeps,
  signal: AbortSignal,
): Promise<Result<FetchedFile, FetchFailure>> {
  const watchdog = createWatchdog({ clock: deps.clock, patienceMs, signal });
  const part = createPartFile(job.partPath, watchdog.disk);
  const run: Run = { job, deps, watchdog, part, validator: job.validator };
  try {
    const attempt = await tryOnce(run);
    if (attempt.ok) return attempt;
    const { keep, ...problem } = attempt.error;
    return fail({ ...problem, keepPart: await leave(run, keep) });
  } catch (error) {
    const problem = problemOf(error, job.finalPath ?? job.partPath);
    return fail({ ...problem, keepPart: await leave(run, !startsOver.includes(problem.code)) });
  } finally {
    abandonPart(part);
    watchdog.stop();
  }
}

async function tryOnce(run: Run): Promise<Attempt> {
  const { job, part, watchdog } = run;
  watchdog.signal.throwIfAborted();
  let content = createPartContent(job.picture);
  let there = job.validator === null ? 0 : await reopen(run, content);
  if (there > 0 && there === job.totalBytes) {
    const facts = content.finish(there);
    if (facts.ok) return await finish(run, facts.value, { bytes: there, lastModified: job.lastModified });
    there = 0;
  }
  if (there === 0) run.validator = null;
  const opened = await open(run, there);
  if (!opened.ok) return fail({ ...opened.error, keep: !startsOver.includes(opened.error.code) });
  const body = opened.value;
  try {
    if (body.from === 0) {
      content = createPartContent(job.picture);
      run.validator = null;
      await createPart(part);
    }
    const attempt = await receive(run, body, content);
    if (!attempt.ok) body.discard();
    return attempt;
  } catch (error) {
    body.discard();
    throw error;
  }
}

/** Proves what an earlier attempt left: its bytes go through the same checks as those that follow them. */
async function reopen({ job, part, watchdog }: Run, content: PartContent): Promise<number> {
  const seen = { isPicture: true };
  const length = await reopenPart(part, (bytes) => {
    watchdog.signal.throwIfAborted();
    seen.isPicture = content.add(bytes);
  });
  return seen.isPicture && length <= (job.totalBytes ?? Infinity) ? length : 0;
}

/** Asks for what is missing behind `there`; where that can't be had, for the whole file. */
async function open(run: Run, there: number): Promise<Result<ImageBody, FetchProblem>> {
  const { job, deps, watchdog } = run;
  const { url, accountOrigin, validator } = job;
  const request = { url, accountOrigin };
  const late = (result: Result<ImageBody, FetchProblem>): void => {
    if (result.ok) result.value.discard();
  };
  if (there > 0 && validator !== null) {
    const resume = { from: there, validator };
    const opened = await watchdog.network(deps.openImage({ ...request, resume }, watchdog.signal), late);
    if (!opened.ok && opened.error.code !== 'changed') return opened;
    if (opened.ok && (opened.value.from === 0 || continues(opened.value, job, there))) return opened;
    if (opened.ok) opened.value.discard();
  }
  return watchdog.network(deps.openImage(request, watchdog.signal), late);
}

/** Not every server heeds If-Range: what it says of the file must still be what it said of the part. */
function continues(body: ImageBody, job: FetchJob, there: number): boolean {
  return (
    body.from === there &&
    (body.validator === null || body.validator === job.validator) &&
    (body.totalBytes ?? job.totalBytes) !== null &&
    (body.totalBytes === null || job.totalBytes === null || body.totalBytes === job.totalBytes)
  );
}

async function receive(run: Run, body: ImageBody, content: PartContent): Promise<Attempt> {
  const { job, deps, watchdog, part } = run;
  const isRest = body.from > 0;
  const totalBytes = body.totalBytes ?? (isRest ? job.totalBytes : null);
  const lastModified = body.lastModified ?? (isRest ? job.lastModified : null);
  run.validator = body.validator ?? (isRest ? job.validator : null);
  writeAfter(part, job.opened({ totalBytes, validator: run.validator, lastModified }));

  const chunks = body.chunks[Symbol.asyncIterator]();
  let isHopeless = false;
  for (;;) {
    const next = await watchdog.network(chunks.next());
    if (next.done === true) break;
    const chunk = next.value;
    const left = totalBytes === null ? null : totalBytes - partLength(part);
    if (left !== null && chunk.length > left) return fail(tooLong());
    await watchdog.deliberate(deps.speedLimit.take(chunk.length, watchdog.signal));
    isHopeless = !content.add(chunk);
    if (isHopeless) break;
    await appendToPart(part, chunk, left);
    job.progressed(partLength(part));
  }
  const bytes = partLength(part);
  if (!isHopeless && totalBytes !== null && bytes < totalBytes) return fail(tooShort(bytes, totalBytes));
  const facts = content.finish(totalBytes);
  // What does not fit together may be the fault of the part that was found: begun anew it may be whole.
  if (!facts.ok) return fail({ ...facts.error, canRetry: facts.error.canRetry || isRest, keep: false });
  return await finish(run, facts.value, { bytes, lastModified });
}

async function finish(
  { part }: Run,
  facts: Omit<FetchedFile, 'bytes' | 'lastModified'>,
  file: Pick<FetchedFile, 'bytes' | 'lastModified'>,
): Promise<Attempt> {
  await finishPart(part, file.lastModified);
  return ok({ ...facts, ...file });
}

/** Closes the part file, or removes it; returns whether it is there to go on from. */
async function leave({ part, validator }: Run, mayKeep: boolean): Promise<boolean> {
  const isEmpty = part.handle !== undefined && partLength(part) === 0;
  const keeps = mayKeep && validator !== null && !isEmpty;
  try {
    await (keeps ? keepPart(part) : discardPart(part));
    return keeps;
  } catch (error) {
    // The disk that refused to be written may refuse this too: the first refusal is the one to tell.
    if (error instanceof Stopped) return false;
    if (systemCode(error) === undefined) throw error;
    return keeps;
  }
}

function tooLong(): FetchProblem & { readonly keep: boolean } {
  const message = 'The server sent more than the length that it had declared: the file changed meanwhile.';
  return { code: 'changed', message, canRetry: true, keep: false };
}

function tooShort(bytes: number, totalBytes: number): FetchProblem & { readonly keep: boolean } {
  const message = `Only ${String(bytes)} of ${String(totalBytes)} bytes arrived.`;
  return { code: 'cut-off', message, canRetry: true, keep: true };
}

function problemOf(error: unknown, path: string): FetchProblem {
  if (error instanceof FetchFault) return error.problem;
  if (!(error instanceof Stopped)) return diskProblem(error, path);
  if (error.reason === 'cancelled') return { code: 'cancelled', message: 'It was stopped.', canRetry: true };
  if (error.waitedFor === 'network') {
    return { code: 'timed-out', message: 'Nothing arrived any more, so the connection was given up.', canRetry: true };
  }
  return { code: 'not-writable', message: `The disk of ${path} does not answer.`, canRetry: true };
}
