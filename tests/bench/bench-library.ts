import { createSampleLibrary } from '../../main/features/sample/library.ts';
import { openDatabase, type OpenedDatabase } from '../../main/adapters/storage/database/open.ts';

/** 1 January 2026; everything else in the library is derived from the seed. */
const day = Date.UTC(2026, 0, 1);
const seed = 20_260_101;
const accountId = 77;

/**
 * Fills a catalogue as after a first sync, newest first, and downloads: names, folders and size texts of the sample
 * library; 10 % measured, 2 % saved, 1 % gone.
 */
export function fillLibrary(folder: string, rows: number): void {
  const opened = openDatabase(folder, () => day);
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  connection
    .prepare(
      `INSERT INTO own.accounts (id, uid, name, name_key, kind, origin, user_id, colour, vault, created_at)
       VALUES (?, 'bench', 'Bench', 'bench', 'questionpro', 'https://www.questionpro.com', '1', '#123456', 'none', ?)`,
    )
    .run(accountId, day);
  connection
    .prepare(
      `INSERT INTO own.syncs (id, account_id, walk_id, mode, state, started_at, ended_at, added, total, complete)
       VALUES (?, ?, ?, 'full', 'done', ?, ?, ?, ?, 1)`,
    )
    .run(1, accountId, 1, day, day, rows, rows);
  const insert = prepareInserts(opened.value);
  const library = createSampleLibrary({ count: rows, seed });
  for (let from = 0; from < rows; from += 50_000) {
    opened.value.transaction(() => {
      for (let position = from; position < Math.min(rows, from + 50_000); position++) {
        const image = library.at(position);
        if (image === undefined) continue;
        const at = rows - 1 - position;
        const { id, folder: part, name, sizeText, bytes } = image;
        const url = `https://www.questionpro.com/qp_userimages/${part}/1234567/${encodeURIComponent(name)}`;
        insert({ id, url, sizeText, bytes, at });
      }
    });
  }
  connection.prepare('INSERT INTO main.walks (account_id, present) VALUES (?, ?)').run(accountId, rows);
  connection.exec('PRAGMA main.wal_checkpoint(TRUNCATE); PRAGMA own.wal_checkpoint(TRUNCATE)');
  opened.value.close();
}

type Entry = {
  readonly id: number;
  readonly url: string;
  readonly sizeText: string;
  readonly bytes: number;
  /** The position, counted from the oldest. */
  readonly at: number;
};

function prepareInserts({ connection }: OpenedDatabase): (entry: Entry) => void {
  const image = connection.prepare('INSERT INTO main.images VALUES (?, ?, ?, ?, 1)');
  const gone = connection.prepare('INSERT INTO own.gone_images VALUES (?, ?, ?, ?, ?, 1)');
  const fact = connection.prepare(
    `INSERT INTO own.facts (account_id, image_id, first_seen, first_sync, exact_bytes, width, height, type, animated)
     VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)`,
  );
  const saved = connection.prepare(
    `INSERT INTO own.saved_files
       (path, account_id, image_id, batch_id, name, url, size_text, bytes, sha256, saved_at, verified_at)
     VALUES (?, ?, ?, 1, '', '', '', ?, x'00', ?, ?)`,
  );
  return ({ id, url, sizeText, bytes, at }) => {
    const measured = at % 10 === 3;
    const facts = measured ? [bytes, 200 + (at % 4000), 150 + (at % 3000), 'jpeg', 0] : [null, null, null, null, null];
    if (at % 100 === 7) gone.run(accountId, id, url, sizeText, day);
    else image.run(accountId, id, url, sizeText);
    fact.run(accountId, id, day + Math.floor(at / 100) * 60_000, ...facts);
    if (at % 50 === 13) saved.run(`/pictures/${id}`, accountId, id, bytes, day, day);
  };
}
