import { z } from 'zod';
import { longestQuery } from '../domain/query/parse/parse-query.ts';
import { failureCodes } from '../domain/failure.ts';
import { vaultTiers } from '../domain/account/vault-tier.ts';

/** Row ids of our own databases. */
export const Id = z.int().positive();
export const Count = z.int().nonnegative();
/** ms since the epoch. */
export const Time = z.int();
export const Nothing = z.undefined();

export const QueryText = z.string().max(longestQuery);
/** An absolute path on the machine that runs the core. */
export const Path = z.string().min(1).max(4096).refine(isAbsolutePath, { error: 'wants an absolute path' });

export const VaultTierSchema = z.enum(vaultTiers);

export const FailureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  retryAt: Time.optional(),
  reference: z.string().optional(),
});

/** A part of a query or template that was not understood; positions in UTF-16 units. */
export const MistakeSchema = z.object({
  start: Count,
  end: Count,
  code: z.string(),
  message: z.string(),
});

function isAbsolutePath(path: string): boolean {
  return !path.includes('\0') && /^(\/|[a-z]:[\\/]|\\\\)/i.test(path);
}
