/**
 * Which images may be others than before, in the order of the changes, so that an index goes along without reading
 * everything anew. Kept by triggers, whoever writes. The numbers rise for ever; the newest are kept, never none.
 * A number with its nonce names one state of one file: a file that came back from a backup goes on with other nonces.
 */
const changesTable = `
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    image_id INTEGER NOT NULL,
    nonce INTEGER NOT NULL DEFAULT (random() & 0xffffff)
  ) STRICT;
  INSERT INTO changes (account_id, image_id) VALUES (0, 0);
  CREATE TRIGGER changes_trimmed AFTER INSERT ON changes WHEN new.seq % 4096 = 0 BEGIN
    DELETE FROM changes WHERE seq <= new.seq - 131072;
  END;`;

export const imageTriggers = `
  CREATE TRIGGER images_added AFTER INSERT ON images BEGIN
    INSERT INTO changes (account_id, image_id) VALUES (new.account_id, new.id);
  END;
  CREATE TRIGGER images_changed AFTER UPDATE OF url, size_text ON images
  WHEN old.url <> new.url OR old.size_text <> new.size_text BEGIN
    INSERT INTO changes (account_id, image_id) VALUES (new.account_id, new.id);
  END;
  -- Those of an account that is erased go with it.
  CREATE TRIGGER images_removed AFTER DELETE ON images
  WHEN EXISTS (SELECT 1 FROM walks WHERE account_id = old.account_id) BEGIN
    INSERT INTO changes (account_id, image_id) VALUES (old.account_id, old.id);
  END;`;

export const catalogueChanges = `${changesTable}${imageTriggers}`;

const ofAnAccount = 'EXISTS (SELECT 1 FROM accounts WHERE id = old.account_id)';

function logged(event: string, table: string, image: string, row: 'old' | 'new', condition = ''): string {
  return `CREATE TRIGGER ${table}_${event.split(' ')[0]?.toLowerCase()}_logged AFTER ${event} ON ${table} ${condition} BEGIN
    INSERT INTO changes (account_id, image_id) VALUES (${row}.account_id, ${row}.${image});
  END;`;
}

export const factTriggers = `
  ${logged('INSERT', 'facts', 'image_id', 'new')}
  ${logged('UPDATE', 'facts', 'image_id', 'new')}
  ${logged('DELETE', 'facts', 'image_id', 'old', `WHEN ${ofAnAccount}`)}`;

export const ownChanges = `${changesTable}${factTriggers}
  ${logged('INSERT', 'gone_images', 'id', 'new')}
  ${logged('UPDATE', 'gone_images', 'id', 'new')}
  ${logged('DELETE', 'gone_images', 'id', 'old', `WHEN ${ofAnAccount}`)}
  ${logged('INSERT', 'saved_files', 'image_id', 'new')}
  ${logged('UPDATE OF replaced_at', 'saved_files', 'image_id', 'new')}
  ${logged('DELETE', 'saved_files', 'image_id', 'old')}`;
