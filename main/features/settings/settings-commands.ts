import type { Handlers } from '../../contract/command.ts';
import type { settingsCommands } from '../../contract/commands/settings.ts';
import type { SettingsService } from './settings-service.ts';

export function createSettingsCommands(settings: SettingsService): Handlers<typeof settingsCommands> {
  return { 'settings.get': () => settings.get(), 'settings.change': (change) => settings.change(change) };
}
