import type { Handlers } from '../../contract/command.ts';
import type { CommandLineCommands, exportCommands } from '../../contract/commands/exports.ts';
import type { ExportService } from './export-service.ts';

export function createExportCommands(exports: ExportService): Handlers<typeof exportCommands> {
  return {
    'exports.open': ({ query, selection, ...style }) => exports.open({ query, selection }, style),
    'exports.read': ({ handle, from }) => exports.read(handle, from),
  };
}

export function createCommandLineCommands(exports: ExportService): Handlers<CommandLineCommands> {
  return {
    'exports.write': ({ query, selection, file, ...style }) => exports.write({ query, selection }, style, file),
  };
}
