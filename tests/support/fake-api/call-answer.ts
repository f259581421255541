import { pageBody, readPageQuery } from '../../../main/features/sample/server/page-body.ts';
import { soundText, type Sound } from './deliver.ts';
import { isImage, type FakeEntry } from './fake-image.ts';
import type { FakeLibrary } from './fake-library.ts';
import type { PageEdit } from './fault.ts';
import { faults } from './faults.ts';
import { documentedError, documentedPage, type DocumentedStatus } from './fixtures.ts';

export type CallSettings = {
  /** The only key that is let in; any is where none is given. */
  readonly key?: string;
  /** The users that exist; all do where none are given. */
  readonly userIds?: readonly string[];
  /** Users whose images no key may read. */
  readonly forbiddenUserIds?: readonly string[];
  /** How many records a page holds at most, and echoes: 100 unless given. */
  readonly mostPerPage?: number;
  /** In any 60 seconds, as the real limit of 300; more are told to wait. No limit unless given. */
  readonly callsPerMinute?: number;
  /** How many calls the licence still has; then it says that they are used up. */
  readonly allowance?: number;
  /** For the limit per minute, in ms. */
  readonly now?: () => number;
};

export type Call = {
  readonly key: string | undefined;
  readonly userId: string | undefined;
  readonly url: URL;
  readonly origin: string;
  readonly number: number;
};

/** Answers a call as the API would, from the library as it is now. */
export function createCallAnswer(
  settings: CallSettings,
  library: FakeLibrary,
  isDocumented: boolean,
): (call: Call) => Sound {
  const limit = createLimit(settings);
  let answered = 0;

  return (call) => {
    const waitSeconds = limit();
    if (waitSeconds > 0) return refusal(faults.throttled(undefined, call.key), { 'retry-after': waitSeconds });
    if (answered >= (settings.allowance ?? Infinity)) return refusal(faults.allowanceUsedUp(call.key));
    answered += 1;
    const refused = refusedStatus(settings, call);
    if (refused !== undefined) return documented(refused);
    const asked = readPageQuery(call.url.searchParams, settings.mostPerPage ?? 100);
    if (asked === undefined) return documented(400);
    if (isDocumented && library.isUntouched() && asked.page === 1 && asked.perPage === 100) {
      return soundText(200, documentedPage(call.origin), 'application/json');
    }
    const entries = library.entries();
    const first = (asked.page - 1) * asked.perPage;
    const body = pageBody({
      records: entries.slice(first, first + asked.perPage).map((entry) => recordOf(entry, call.origin)),
      ...asked,
      totalItems: entries.length,
      listUrl: call.origin + call.url.pathname,
      requestId: `fake-${String(call.number).padStart(8, '0')}`,
    });
    return soundText(200, body, 'application/json');
  };
}

function recordOf(entry: FakeEntry, origin: string): unknown {
  return isImage(entry)
    ? { imageID: entry.id, imageURL: entry.url ?? origin + entry.path, size: entry.size }
    : entry.raw;
}

function refusedStatus({ key, userIds, forbiddenUserIds }: CallSettings, call: Call): DocumentedStatus | undefined {
  if (key !== undefined && call.key !== key) return 401;
  if (call.userId === undefined) return undefined;
  if (forbiddenUserIds?.includes(call.userId) === true) return 403;
  return userIds === undefined || userIds.includes(call.userId) ? undefined : 404;
}

function documented(status: DocumentedStatus): Sound {
  return soundText(status, documentedError(status), 'application/json');
}

function refusal(
  { answer }: ReturnType<typeof faults.throttled>,
  headers: Readonly<Record<string, number>> = {},
): Sound {
  const sound = soundText(answer?.status ?? 429, answer?.body ?? '', answer?.mediaType ?? 'application/json');
  return { ...sound, headers: { ...sound.headers, ...headers } };
}

/** Gives the whole seconds to wait before the next call is let in, 0 where it is. */
function createLimit({ callsPerMinute = Infinity, now = Date.now }: CallSettings): () => number {
  let recent: number[] = [];
  return () => {
    const time = now();
    recent = recent.filter((earlier) => earlier > time - 60_000);
    if (recent.length < callsPerMinute) {
      recent.push(time);
      return 0;
    }
    return Math.max(1, Math.ceil(((recent[0] ?? time) + 60_000 - time) / 1000));
  };
}

type Body = { response: unknown[]; pagination: Record<string, unknown>; [field: string]: unknown };

/** The same page with something in it that a client must survive. */
export function editPage(sound: Sound, edit: PageEdit): Sound {
  if (sound.status !== 200) return sound;
  const body = JSON.parse(sound.body.toString()) as Body;
  for (const [position, record] of Object.entries(edit.records ?? {})) body.response[Number(position)] = record;
  Object.assign(body.pagination, edit.pagination);
  if (edit.links === 'absent') delete body.pagination['links'];
  if (edit.links === 'foreign') body.pagination['links'] = foreignLinks;
  if (edit.unknownFields === true) {
    Object.assign(body, { warnings: [], response: body.response.map(withUnknownFields) });
    body.pagination['cursor'] = 'abc';
  }
  return soundText(200, `${JSON.stringify(body, null, 2)}\n`, 'application/json');
}

const elsewhere = 'http://images.example.com/a/api/v2/users/1234567/images?page=2&perPage=100';
const foreignLinks = { self: elsewhere, prev: elsewhere, next: elsewhere, first: elsewhere, last: elsewhere };

function withUnknownFields(record: unknown): unknown {
  const isObject = typeof record === 'object' && record !== null;
  return isObject ? { ...record, altText: null, tags: ['a'], dimensions: { width: 1, height: 1 } } : record;
}
