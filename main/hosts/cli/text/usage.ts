import { accountCommands } from '../../../contract/commands/accounts.ts';
import { inputFailure } from '../../../dispatch.ts';
import type { Failure } from '../../../domain/failure.ts';
import { queryFailure } from '../../../domain/query/query-failure.ts';
import { readTemplate } from '../../../domain/template/read-template.ts';
import type { AddOptions } from '../commands/accounts.ts';
import type { DownloadOptions } from '../commands/download.ts';

/** Checks the options of `accounts add`, except its key. */
export function addUsage({ name, datacenter, user = '', vault = 'keychain' }: AddOptions): Failure | undefined {
  const parsed = accountCommands['accounts.add'].input.safeParse({ name, datacenter, userId: user, vault });
  return parsed.success ? undefined : inputFailure(parsed.error);
}

/** Checks the query and the template of a download. */
export function orderUsage(query: string, { template }: DownloadOptions): Failure | undefined {
  const read = template === undefined ? undefined : readTemplate(template);
  return read?.ok === false ? read.error : queryFailure([query]);
}
