import { pageBody, readPageQuery } from '../../../main/features/sample/server/page-body.ts';
import { soundText, type Sound } from './deliver.ts';
import { isImage, type FakeEntry } from './fake-image.ts';
import type { FakeLibrary } from './fake-library.ts';
import type { PageEdit } from './fault.ts';
import { faults } from './faults.ts';
import { documentedError, documentedPage, type DocumentedStatus } from './fixtures.ts';

export type CallSettings = {
  /** The only valid key; any key is valid by default. */
  readonly key?: string;
  /** The existing users; any user exists by default. */
  readonly userIds?: readonly string[];
  /** Users whose images no key may read. */
  readonly forbiddenUserIds?: readonly string[];
  /** The maximum of records per page, echoed in answers; 100 by default. */
  readonly mostPerPage?: number;
  /** Calls within any 60 seconds, like the real limit of 300; further ones are throttled. Unlimited by default. */
  readonly callsPerMinute?: number;
  /** The number of calls that the licence still allows; further ones are refused as used up. */
  readonly allowance?: number;
  /** The clock of the limit per minute, in ms. */
  readonly now?: () => number;
};

export type Call = {
  readonly key: string | undefined;
  readonly userId: string | undefined;
  readonly url: URL;
  readonly origin: string;
  readonly number: number;
};

/** Creates the answers of the API to calls, from the library's current state. */
export function createCallAnswer(
  settings: CallSettings,
  library: FakeLibrary,
  isDocumented: boolean,
): (call: Call) => Sound {
  const limit = createLimit(settings);
  let answeredCount = 0;

  return (call) => {
    const waitSeconds = limit();
    if (waitSeconds > 0) return errorResponse(faults.throttled(undefined, call.key), { 'retry-after': waitSeconds });
    if (answeredCount >= (settings.allowance ?? Infinity)) return errorResponse(faults.allowanceUsedUp(call.key));
    answeredCount += 1;
    const refusalStatus = refusedStatus(settings, call);
    if (refusalStatus !== undefined) return documentedErrorResponse(refusalStatus);
    const pageQuery = readPageQuery(call.url.searchParams, settings.mostPerPage ?? 100);
    if (pageQuery === undefined) return documentedErrorResponse(400);
    if (isDocumented && library.isUntouched() && pageQuery.page === 1 && pageQuery.perPage === 100) {
      return soundText(200, documentedPage(call.origin), 'application/json');
    }
    const entries = library.entries();
    const first = (pageQuery.page - 1) * pageQuery.perPage;
    const body = pageBody({
      records: entries.slice(first, first + pageQuery.perPage).map((entry) => recordOf(entry, call.origin)),
      ...pageQuery,
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

function documentedErrorResponse(status: DocumentedStatus): Sound {
  return soundText(status, documentedError(status), 'application/json');
}

function errorResponse(
  { answer }: ReturnType<typeof faults.throttled>,
  headers: Readonly<Record<string, number>> = {},
): Sound {
  const sound = soundText(answer?.status ?? 429, answer?.body ?? '', answer?.mediaType ?? 'application/json');
  return { ...sound, headers: { ...sound.headers, ...headers } };
}

/** Creates a limiter that returns the whole seconds to wait before the next call is allowed, 0 if it is. */
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

/** Applies an edit to a page that a client must cope with. */
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

const foreignUrl = 'http://images.example.com/a/api/v2/users/1234567/images?page=2&perPage=100';
const foreignLinks = { self: foreignUrl, prev: foreignUrl, next: foreignUrl, first: foreignUrl, last: foreignUrl };

function withUnknownFields(record: unknown): unknown {
  const isObject = typeof record === 'object' && record !== null;
  return isObject ? { ...record, altText: null, tags: ['a'], dimensions: { width: 1, height: 1 } } : record;
}
