import type { Handlers } from '../contract/command.ts';
import type { exportCommands } from '../contract/exports.ts';
import type { ExportService } from './export-service.ts';

export function createExportCommands(exports: ExportService): Handlers<typeof exportCommands> {
  return {
    'exports.write': ({ query, selection, file, ...style }) => exports.write({ query, selection }, style, file),
    'exports.open': ({ query, selection, ...style }) => exports.open({ query, selection }, style),
    'exports.read': ({ handle, from }) => exports.read(handle, from),
  };
}
