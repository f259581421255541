import type { Handlers } from '../../contract/command.ts';
import type { updateCommands } from '../../contract/commands/updates.ts';
import { ok } from '../../domain/result.ts';
import type { UpdateService } from './update-service.ts';

export function createUpdateCommands(updates: UpdateService): Handlers<typeof updateCommands> {
  return {
    'updates.state': async () => ok(await updates.state()),
    'updates.check': ({ quietly }) => updates.check(quietly),
    'updates.download': () => updates.download(),
    'updates.install': () => updates.install(),
  };
}
