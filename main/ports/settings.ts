import type { Result } from '../domain/result.ts';

/** Fields by name, as they are kept: whoever reads them checks them. Those that it does not know stay as they are. */
export type SettingsFields = Readonly<Record<string, unknown>>;

/** Where settings are kept, shared by every process on one data folder. */
export type SettingsFile = {
  read(): Promise<Result<SettingsFields>>;
  /** Writes the fields that `decide` answers, from what is kept now; the others, of another process too, stay. */
  change(decide: (fields: SettingsFields) => SettingsFields): Promise<Result<SettingsFields>>;
  /** What was found damaged and mended, as a sentence for the user; null where nothing was. */
  notice(): string | null;
};
