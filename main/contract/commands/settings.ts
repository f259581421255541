import { z } from 'zod';
import { conflictPolicies } from '../../domain/transfer/batch.ts';
import { closingWays, inspectorWidthPx, mostRecentDestinations, themes, tileSizePx } from '../../domain/settings.ts';
import { command } from '../command.ts';
import { Path } from '../common.ts';

/** Described in domain/settings.ts. */
export const SettingsSchema = z.strictObject({
  theme: z.enum(themes),
  fetchThumbnails: z.boolean(),
  tileSize: z.int().min(tileSizePx.least).max(tileSizePx.most),
  sidebar: z.boolean(),
  inspector: z.boolean(),
  inspectorWidth: z.int().min(inspectorWidthPx.least).max(inspectorWidthPx.most),
  lastDestination: Path.nullable(),
  template: z.string().max(2000).nullable(),
  policy: z.enum(conflictPolicies),
  recentDestinations: z.array(Path).max(mostRecentDestinations).readonly(),
  closing: z.enum(closingWays),
  looksForUpdates: z.boolean().nullable(),
});

export const SettingsView = z.object({
  settings: SettingsSchema,
  /** What this machine would choose. */
  defaults: z.object({
    /** A folder for downloads in the user's pictures, there or not; null where the host knows none. */
    destination: z.string().nullable(),
  }),
  /** What was found damaged, as a sentence for the user. */
  notice: z.string().nullable(),
});
export type SettingsView = z.output<typeof SettingsView>;

export const settingsCommands = {
  'settings.get': command(z.object({}), SettingsView),
  /** Changes the fields that are given. A new `lastDestination` leads the recent ones too. */
  'settings.change': command(SettingsSchema.partial(), SettingsView),
};
