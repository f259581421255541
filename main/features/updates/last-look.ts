import { Time } from '../../contract/common.ts';
import type { SettingsFile } from '../../ports/settings.ts';

/** When the update server was last asked with success, in ms since the epoch, kept from one start to the next. */
export type LastLook = {
  /** null where it never was, or where that can't be read. */
  read(): Promise<number | null>;
  write(at: number): Promise<void>;
};

/** A field of its own beside the settings, which are the user's. That it can't be written costs an early look. */
export function createLastLook(file: SettingsFile): LastLook {
  return {
    async read() {
      const fields = await file.read();
      const parsed = Time.safeParse(fields.ok ? fields.value['updatesCheckedAt'] : undefined);
      return parsed.success ? parsed.data : null;
    },
    async write(at) {
      await file.change(() => ({ updatesCheckedAt: at }));
    },
  };
}
