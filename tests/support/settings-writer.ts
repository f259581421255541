// Changes settings repeatedly in its own process: node settings-writer.ts FOLDER CHANGE TIMES
import { join } from 'node:path';
import { createSettingsFile } from '../../main/adapters/settings-file/settings-file.ts';
import { exclusively } from '../../main/adapters/storage/database/process-lock.ts';

const [folder = '', change = '{}', times = '1'] = process.argv.slice(2);
const file = createSettingsFile({
  folder,
  exclusively: (work) => exclusively(join(folder, 'locks'), 'settings', work),
  now: () => 0,
});
const fields = JSON.parse(change) as Record<string, unknown>;
for (let time = 0; time < Number(times); time++) {
  for (const [name, value] of Object.entries(fields)) {
    const written = await file.change(() => ({ [name]: value }));
    if (!written.ok || written.value[name] !== value) process.exit(1);
  }
}
