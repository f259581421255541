import { factTriggers, ownChanges } from './changes.ts';
import { ownDownloadTables } from './own-downloads.ts';

/** The user's own file: what nothing can give again. Append-only: entry n brings the file from version n to n + 1. */
export const ownMigrations: readonly string[] = [
  `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, -- by chance: one that a lost library gave must not name another account's images
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- case-folded: names differ by more than case
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    user_id TEXT NOT NULL,
    colour TEXT NOT NULL,
    vault TEXT NOT NULL,
    sample_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    removed_at INTEGER -- its catalogue was kept
  ) STRICT;
  CREATE UNIQUE INDEX accounts_by_name ON accounts (name_key) WHERE removed_at IS NULL;

  CREATE TABLE syncs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    walk_id INTEGER NOT NULL, -- the id of the sync that began the walk: a resumed one carries on its walk
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    calls INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    malformed INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0,
    failure_code TEXT,
    failure_message TEXT
  ) STRICT;
  CREATE INDEX syncs_by_account ON syncs (account_id, id);

  CREATE TABLE sync_malformed (
    sync_id INTEGER NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    record_key TEXT NOT NULL,
    page INTEGER NOT NULL,
    raw TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (sync_id, record_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE facts (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    image_id INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    first_sync INTEGER NOT NULL,
    changed_sync INTEGER,
    exact_bytes INTEGER,
    sha256 BLOB,
    width INTEGER,
    height INTEGER,
    type TEXT,
    animated INTEGER,
    broken_code TEXT,
    broken_message TEXT,
    PRIMARY KEY (account_id, image_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE gone_images (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    url TEXT NOT NULL,
    size_text TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    sync_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT, WITHOUT ROWID;
  ${ownDownloadTables}
  `,
  // JSON of the selection where a batch's images were chosen by hand
  'ALTER TABLE batches ADD COLUMN selection TEXT',
  ownChanges,
  // As images are first seen newest first (see the catalogue's own).
  `
  CREATE TABLE falling_facts (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    image_id INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    first_sync INTEGER NOT NULL,
    changed_sync INTEGER,
    exact_bytes INTEGER,
    sha256 BLOB,
    width INTEGER,
    height INTEGER,
    type TEXT,
    animated INTEGER,
    broken_code TEXT,
    broken_message TEXT,
    PRIMARY KEY (account_id, image_id DESC)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO falling_facts SELECT * FROM facts ORDER BY account_id, image_id DESC;
  DROP TABLE facts;
  ALTER TABLE falling_facts RENAME TO facts;
  ${factTriggers}`,
  // Sizes were measured without the file's own orientation: those that it may turn are measured again.
  `
  CREATE TABLE facts_to_measure (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    image_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, image_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO facts_to_measure SELECT account_id, image_id FROM facts
    WHERE width <> height AND type IN ('jpeg', 'png', 'webp', 'tiff', 'avif', 'heic');`,
  // Images that the catalogue held at the end of a sync; files that a batch set out to fetch. Null in older rows.
  'ALTER TABLE syncs ADD COLUMN present INTEGER; ALTER TABLE batches ADD COLUMN files INTEGER;',
];
