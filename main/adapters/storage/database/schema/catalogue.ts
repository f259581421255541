import { catalogueChanges, imageTriggers } from './changes.ts';

/**
 * The catalogue: what the API can give again. Append-only: entry n brings the file from version n to n + 1.
 * Names, extensions, folders and nominal sizes are worked out from `url` and `size_text` when rows are read.
 */
export const catalogueMigrations: readonly string[] = [
  `
  CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value ANY
  ) STRICT, WITHOUT ROWID;
  INSERT INTO meta VALUES ('revision', 0), ('salt', lower(hex(randomblob(16))));

  CREATE TABLE images (
    account_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    url TEXT NOT NULL,
    size_text TEXT NOT NULL,
    mark INTEGER NOT NULL, -- of the last walk that listed it
    PRIMARY KEY (account_id, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE walks (
    account_id INTEGER PRIMARY KEY,
    present INTEGER NOT NULL DEFAULT 0,   -- rows of images and of malformed, kept with them
    malformed INTEGER NOT NULL DEFAULT 0,
    checkpoint TEXT, -- JSON of the walk under way, NULL where none is
    outcome TEXT -- JSON of the last walk that reached the end
  ) STRICT;

  CREATE TABLE malformed (
    account_id INTEGER NOT NULL,
    record_key TEXT NOT NULL, -- its id where it has one, else a hash of its text with a count
    raw TEXT NOT NULL,
    why TEXT NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (account_id, record_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE calls (
    key_fingerprint TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX calls_by_key ON calls (key_fingerprint, at);

  CREATE TABLE holds (
    key_fingerprint TEXT PRIMARY KEY,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  catalogueChanges,
  // The list comes newest first: so rows come behind one another, and pages of the file are filled, not split in halves.
  `
  CREATE TABLE falling_images (
    account_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    url TEXT NOT NULL,
    size_text TEXT NOT NULL,
    mark INTEGER NOT NULL, -- of the last walk that listed it
    PRIMARY KEY (account_id, id DESC)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO falling_images SELECT * FROM images ORDER BY account_id, id DESC;
  DROP TABLE images;
  ALTER TABLE falling_images RENAME TO images;
  ${imageTriggers}`,
];
