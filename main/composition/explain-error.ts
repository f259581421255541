import { failure, type Failure } from '../domain/failure.ts';
import { suspectDamage } from '../adapters/storage/database/damage.ts';
import { databaseFailure } from '../adapters/storage/database/database-failure.ts';
import type { Database } from '../adapters/storage/database/database.ts';

/** Maps an expected exception (disk, data or shutdown) to a failure; returns undefined for a bug. */
export function createExplain({ connection }: Database, dataFolder: string) {
  return (error: unknown): Failure | undefined => {
    // The command arrived during shutdown.
    if (!connection.isOpen) return failure('cancelled', 'Contact Sheet is ending.');
    const known = databaseFailure(error, dataFolder);
    if (known?.code === 'data-damaged') suspectDamage(dataFolder);
    return known;
  };
}
