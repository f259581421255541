import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCatalogueService } from '../../../main/features/catalogue/catalogue-service.ts';
import type { EventBody } from '../../../main/contract/events.ts';
import type { DownloadDeps } from '../../../main/features/downloads/create-context.ts';
import { createDownloads, type Downloads } from '../../../main/features/downloads/download-service.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../../main/adapters/network/network.ts';
import type { Clock } from '../../../main/ports/clock.ts';
import { createGate, type TimeLimits } from '../../../main/adapters/remote/gate.ts';
import { createPlainEngine } from '../../support/plain-engine.ts';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createCallLedger } from '../../../main/adapters/storage/stores/call-ledger.ts';
import { createFactStore } from '../../../main/adapters/storage/stores/fact-store.ts';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import { openDatabase, type OpenedDatabase } from '../../../main/adapters/storage/database/open.ts';
import { acquireLock } from '../../../main/adapters/storage/database/process-lock.ts';

export type Listing = { readonly id: number; readonly url: string; readonly sizeText: string };

/** The real download service on a real database and the real gate, with a catalogue filled by the test. */
export type Workbench = {
  readonly downloads: Downloads;
  readonly database: OpenedDatabase;
  readonly log: readonly string[];
  readonly events: readonly EventBody[];
  /** Sets the images of the account `Brand`. */
  list(images: readonly Listing[]): void;
  close(): Promise<void>;
};

export type WorkbenchSettings = {
  /** The folder of the databases. */
  readonly home: string;
  readonly origin: string;
  readonly clock?: Clock;
  /** The source of randomness; 0 removes the pauses between attempts. */
  readonly random?: () => number;
  readonly limits?: Partial<TimeLimits>;
  /** Replaces dependencies of the service, so that some fail. */
  readonly change?: (deps: DownloadDeps) => DownloadDeps;
};

export function openWorkbench({
  home,
  origin,
  clock = systemClock,
  random = () => 0,
  limits,
  change = (deps) => deps,
}: WorkbenchSettings): Workbench {
  const opened = openDatabase(home, clock.now);
  if (!opened.ok) throw new Error(opened.error.message);
  const database = opened.value;
  const log: string[] = [];
  const events: EventBody[] = [];
  const write = (level: string, message: string, details: unknown): void =>
    void log.push(`${level} ${message} ${JSON.stringify(details)}`);
  const gate = createGate({
    ...{ network: createNetwork({}), clock, random, log: write, version: '0.0.0' },
    ledger: createCallLedger(database),
    limits: { stallMs: 300, ...limits },
  });
  const accounts = createAccountStore(database);
  const account = { uid: 'brand', name: 'Brand', kind: 'questionpro', origin, userId: '', colour: '#000000' } as const;
  const added = accounts.list()[0] ?? accounts.add({ ...account, vault: 'none', sampleCount: 0 }, clock.now());
  if (added === undefined) throw new Error('No account');
  const reader = createImageReader(database);
  const plain = createPlainEngine({ all: reader.all, revision: reader.revision, now: clock.now });
  // Only pages request counts.
  const counts = () => Promise.reject(new Error('Downloads count nothing'));
  const catalogue = createCatalogueService({ reader, engine: { ...plain, counts } });
  const deps: DownloadDeps = {
    ...{ database, clock, random, log: write, openImage: gate.openImage },
    ...{ imagesOf: catalogue.imagesOf, images: catalogue.images, digestOf: catalogue.digest },
    events: { publish: (body) => void events.push(body) },
    facts: createFactStore(database, clock.now),
    accountOf: (id) => accounts.list().find((each) => each.id === id),
    cachedOriginal: () => Promise.resolve(undefined),
    lock: (uid) =>
      acquireLock(join(home, 'locks'), `batch-${uid}`, { pid: process.pid, command: 'a test' }, clock.now()),
  };
  const downloads = createDownloads(change(deps));
  return {
    ...{ downloads, database, log, events },
    list: (images) => fillCatalogue(database, added.id, images),
    async close() {
      await downloads.close();
      await gate.close();
      database.close();
    },
  };
}

export function fillCatalogue(database: OpenedDatabase, accountId: number, images: readonly Listing[]): void {
  const { connection } = database;
  const image = connection.prepare('INSERT OR REPLACE INTO main.images VALUES (?, ?, ?, ?, 1)');
  const fact = connection.prepare(
    'INSERT OR IGNORE INTO own.facts (account_id, image_id, first_seen, first_sync) VALUES (?, ?, 0, 1)',
  );
  database.transaction(() => {
    for (const { id, url, sizeText } of images) {
      image.run(accountId, id, url, sizeText);
      fact.run(accountId, id);
    }
  });
}

/** Returns the SHA-256 of every file below the folder, by its relative path with forward slashes. */
export function filesBelow(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1).replaceAll('\\', '/'), sha256(readFileSync(path))] as const;
  });
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
