import { SettingsSchema, type SettingsView } from '../../contract/commands/settings.ts';
import { ok, type Result } from '../../domain/result.ts';
import { rememberDestination, usualSettings, type Settings, type Theme } from '../../domain/settings.ts';
import type { SettingsFields, SettingsFile } from '../../ports/settings.ts';

export type SettingsDeps = {
  readonly file: SettingsFile;
  /** The folder that this machine would choose for downloads. */
  readonly usualDestination: string | undefined;
  readonly changed: (view: SettingsView) => void;
};

export type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export type SettingsService = {
  get(): Promise<Result<SettingsView>>;
  change(change: SettingsChange): Promise<Result<SettingsView>>;
  /** Tells of the settings if another process changed them. */
  refresh(): Promise<void>;
  /** For a page's first paint: the usual one where the settings can't be read. */
  theme(): Promise<Theme>;
  /** Whether images may be fetched only to be shown. */
  fetchThumbnails(): Promise<boolean>;
};

export function createSettingsService({ file, usualDestination, changed }: SettingsDeps): SettingsService {
  const view = (fields: SettingsFields): SettingsView => ({
    settings: readSettings(fields),
    defaults: { destination: usualDestination ?? null },
    notice: file.notice(),
  });
  let told: string | undefined;
  const read = async () => {
    const fields = await file.read();
    return fields.ok ? readSettings(fields.value) : usualSettings;
  };
  return {
    theme: async () => (await read()).theme,
    fetchThumbnails: async () => (await read()).fetchThumbnails,
    async get() {
      const fields = await file.read();
      return fields.ok ? ok(view(fields.value)) : fields;
    },
    async refresh() {
      const fields = await file.read();
      if (!fields.ok) return;
      const now = view(fields.value);
      const before = told;
      told = JSON.stringify(now);
      if (before !== undefined && told !== before) changed(now);
    },
    async change(change) {
      const written = await file.change((fields) => fieldsOf(change, readSettings(fields)));
      if (!written.ok) return written;
      const now = view(written.value);
      told = JSON.stringify(now);
      changed(now);
      return ok(now);
    },
  };
}

function fieldsOf(change: SettingsChange, settings: Settings): SettingsFields {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const { lastDestination, recentDestinations } = change;
  const leads = typeof lastDestination === 'string' && recentDestinations === undefined;
  const recent = leads
    ? { recentDestinations: rememberDestination(settings.recentDestinations, lastDestination) }
    : undefined;
  return { ...Object.fromEntries(given), ...recent };
}

/** Field by field: one that makes no sense, written by hand or by a newer version, takes its usual value. */
function readSettings(fields: SettingsFields): Settings {
  const read = Object.entries(SettingsSchema.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(fields[name]);
    return [name, parsed.success ? parsed.data : usualSettings[name as keyof Settings]] as const;
  });
  return SettingsSchema.parse(Object.fromEntries(read));
}
