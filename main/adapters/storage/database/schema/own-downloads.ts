/**
 * Batches, their transfers and the history of saved files. States, codes and policies are the words of
 * domain/transfer/transfer.ts and domain/transfer/batch.ts; hashes are the 32 bytes themselves; times are ms since the epoch.
 */
export const ownDownloadTables = `
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    query TEXT NOT NULL,
    destination TEXT NOT NULL, -- absolute
    template TEXT NOT NULL,
    policy TEXT NOT NULL,
    options TEXT NOT NULL,     -- JSON
    state TEXT NOT NULL,
    stop_code TEXT,            -- why it paused by itself
    stop_message TEXT,
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX batches_unfinished ON batches (destination, query) WHERE finished_at IS NULL;

  CREATE TABLE transfers (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,      -- from 0, in the order of the selection
    position INTEGER NOT NULL, -- the order of fetching
    account_id INTEGER NOT NULL,
    image_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    size_text TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,        -- as planned, below the destination, with forward slashes
    beside_path TEXT,          -- where the plan keeps it if another file is found at its path
    note TEXT,                 -- why the plan named it otherwise than the template
    picture INTEGER NOT NULL,  -- 1: its content must be a picture
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    reason_code TEXT,
    reason_message TEXT,
    can_retry INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER,
    bytes INTEGER,             -- expected until it is known
    bytes_exact INTEGER NOT NULL DEFAULT 0,
    validator TEXT,            -- what the part file may be continued with
    last_modified INTEGER,
    sha256 BLOB,
    type TEXT,                 -- what the bytes are
    final_path TEXT,           -- as placed, below the destination, with forward slashes
    PRIMARY KEY (batch_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX transfers_by_state ON transfers (batch_id, state, position);

  -- Kept by the triggers below, so that a count never costs a walk over a million rows and always equals them.
  CREATE TABLE transfer_counts (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    inexact INTEGER NOT NULL,  -- files whose bytes are expected, or unknown
    PRIMARY KEY (batch_id, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER transfers_counted_in AFTER INSERT ON transfers BEGIN
    INSERT INTO transfer_counts VALUES (new.batch_id, new.state, 1, coalesce(new.bytes, 0), 1 - new.bytes_exact)
    ON CONFLICT DO UPDATE SET
      files = files + 1, bytes = bytes + excluded.bytes, inexact = inexact + excluded.inexact;
  END;
  CREATE TRIGGER transfers_counted_out AFTER DELETE ON transfers BEGIN
    UPDATE transfer_counts SET
      files = files - 1, bytes = bytes - coalesce(old.bytes, 0), inexact = inexact - (1 - old.bytes_exact)
    WHERE batch_id = old.batch_id AND state = old.state;
  END;
  CREATE TRIGGER transfers_recounted AFTER UPDATE OF state, bytes, bytes_exact ON transfers
  WHEN old.state <> new.state OR old.bytes IS NOT new.bytes OR old.bytes_exact <> new.bytes_exact BEGIN
    UPDATE transfer_counts SET
      files = files - 1, bytes = bytes - coalesce(old.bytes, 0), inexact = inexact - (1 - old.bytes_exact)
    WHERE batch_id = old.batch_id AND state = old.state;
    INSERT INTO transfer_counts VALUES (new.batch_id, new.state, 1, coalesce(new.bytes, 0), 1 - new.bytes_exact)
    ON CONFLICT DO UPDATE SET
      files = files + 1, bytes = bytes + excluded.bytes, inexact = inexact + excluded.inexact;
  END;

  CREATE TABLE saved_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,        -- absolute
    account_id INTEGER NOT NULL,
    image_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL, -- the batch that saved it, or found it as it was saved
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    size_text TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    type TEXT,
    note TEXT,                 -- what was done with its name, or is odd about it
    saved_at INTEGER NOT NULL,
    verified_at INTEGER NOT NULL,
    replaced_at INTEGER        -- when another content was saved at the path
  ) STRICT;
  CREATE UNIQUE INDEX saved_files_by_path ON saved_files (path, account_id, image_id);
  CREATE INDEX saved_files_by_image ON saved_files (account_id, image_id, verified_at);
`;
