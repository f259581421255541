import type { Handlers } from '../contract/command.ts';
import type { exportCommands } from '../contract/exports.ts';
import type { ExportService } from './export-service.ts';

export function createExportCommands(exports: ExportService): Handlers<typeof exportCommands> {
  return {
    'exports.write': ({ query, file, ...style }) => exports.write(query, style, file),
    'exports.open': ({ query, ...style }) => exports.open(query, style),
    'exports.read': ({ handle, from }) => exports.read(handle, from),
  };
}
