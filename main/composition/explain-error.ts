import { failure, type Failure } from '../domain/failure.ts';
import { suspectDamage } from '../adapters/storage/database/damage.ts';
import { databaseFailure } from '../adapters/storage/database/database-failure.ts';
import type { Database } from '../adapters/storage/database/database.ts';

/** What an exception under the dispatch means that is no bug: of the disk, of the data, or of the end of the program. */
export function createExplain({ connection }: Database, dataFolder: string) {
  return (error: unknown): Failure | undefined => {
    // Whoever asked at the very end.
    if (!connection.isOpen) return failure('cancelled', 'Contact Sheet is ending.');
    const known = databaseFailure(error, dataFolder);
    if (known?.code === 'data-damaged') suspectDamage(dataFolder);
    return known;
  };
}
