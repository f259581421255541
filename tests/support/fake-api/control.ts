import {
  drawnFile,
  documentedImages,
  fileOf,
  namedImages,
  plainImages,
  sampleImages,
  type FakeEntry,
  type FakeImage,
} from './fake-image.ts';
import type { FakeApi } from './fake-api.ts';
import type { Fault, Match } from './fault.ts';
import { tinyPicture } from './tiny-picture.ts';

/** Describes a library as plain data, for a fake API in another process. */
export type LibraryChoice =
  | { readonly kind: 'documented' }
  | { readonly kind: 'plain'; readonly count: number; readonly bytes?: number }
  | { readonly kind: 'named'; readonly segments: readonly string[] }
  | { readonly kind: 'sample'; readonly count: number; readonly seed?: number };

/** A command to a fake API in another process: the methods of `FakeApi` as plain data. */
export type ControlCommand =
  | { readonly do: 'fault-calls'; readonly fault: Fault; readonly match?: Match; readonly times?: number }
  | { readonly do: 'fault-files'; readonly fault: Fault; readonly match?: Match; readonly times?: number }
  | { readonly do: 'clear-faults' }
  | { readonly do: 'set'; readonly library: LibraryChoice }
  | { readonly do: 'upload'; readonly count: number }
  | { readonly do: 'remove'; readonly ids: readonly number[] }
  | { readonly do: 'remove-oldest'; readonly count: number }
  | {
      readonly do: 'change';
      readonly id: number;
      readonly size?: string;
      readonly path?: string;
      readonly url?: string;
    }
  | { readonly do: 'replace-file'; readonly id: number; readonly bytes: number; readonly version: number }
  | { readonly do: 'draw-file'; readonly id: number; readonly format: 'jpeg' | 'png'; readonly bytes: number }
  | { readonly do: 'on-call'; readonly call: number; readonly then: ControlCommand }
  | { readonly do: 'on-file'; readonly id: number; readonly request: number; readonly then: ControlCommand }
  | { readonly do: 'requests' };

export function entriesOf(choice: LibraryChoice): readonly FakeEntry[] {
  switch (choice.kind) {
    case 'documented':
      return documentedImages();
    case 'plain':
      return plainImages(choice.count, choice.bytes === undefined ? {} : { bytes: choice.bytes });
    case 'named':
      return namedImages(choice.segments);
    case 'sample':
      return sampleImages(choice.count, choice.seed);
  }
}

type Handlers = {
  readonly [Name in ControlCommand['do']]: (api: FakeApi, command: Extract<ControlCommand, { do: Name }>) => unknown;
};

const handlers: Handlers = {
  'fault-calls': (api, { fault, match, times }) => api.faultCalls(fault, match, times),
  'fault-files': (api, { fault, match, times }) => api.faultFiles(fault, match, times),
  'clear-faults': (api) => api.clearFaults(),
  set: ({ library }, command) => library.set(entriesOf(command.library)),
  upload: ({ library }, { count }) => library.upload(count).map(({ id }) => id),
  remove: ({ library }, { ids }) => library.remove(ids),
  'remove-oldest': ({ library }, { count }) => library.remove(idsOf(library.images().slice(-count))),
  change({ library }, { id, size, path, url }) {
    const changes = { ...(size !== undefined && { size }), ...(path !== undefined && { path }) };
    library.change(id, { ...changes, ...(url !== undefined && { url }) });
  },
  'replace-file'({ library }, { id, bytes, version }) {
    const content = tinyPicture(`version ${version} of ${id}`, bytes);
    library.replaceFile(id, fileOf(`${id}.png`, content, version));
  },
  'draw-file': ({ library }, { id, format, bytes }) =>
    library.replaceFile(id, drawnFile(`${id}.${format}`, format, bytes, 2)),
  'on-call': (api, { call, then }) => api.onCall(call, () => void runControl(api, then)),
  'on-file': (api, { id, request, then }) => api.onFile(id, request, () => void runControl(api, then)),
  requests: (api) => api.requests,
};

function idsOf(images: readonly FakeImage[]): readonly number[] {
  return images.map(({ id }) => id);
}

/** Runs a command and returns its result. */
export function runControl(api: FakeApi, command: ControlCommand): unknown {
  const handler = handlers[command.do] as (api: FakeApi, command: ControlCommand) => unknown;
  return handler(api, command);
}
