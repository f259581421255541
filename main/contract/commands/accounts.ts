import { z } from 'zod';
import {
  accountNameProblem,
  cleanAccountName,
  longestAccountName,
  type AccountNameProblem,
} from '../../domain/account/account-name.ts';
import { parseDataCentre } from '../../domain/account/data-centre.ts';
import { cleanUserId } from '../../domain/account/pasted-account.ts';
import { command } from '../command.ts';
import { Count, FailureSchema, Id, Nothing, VaultTierSchema } from '../common.ts';

export const AccountView = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['questionpro', 'sample']),
  /** A data centre's id, or an origin. */
  datacenter: z.string(),
  origin: z.string(),
  userId: z.string(),
  colour: z.string(),
  vault: VaultTierSchema,
  /** The vault's true name on this machine, to fit inside a sentence. */
  vaultName: z.string(),
  /** Images present in the catalogue. */
  images: Count,
  /** When its list was last known to be whole, in ms since the epoch. */
  syncedAt: z.int().nullable(),
});
export type AccountView = z.output<typeof AccountView>;

const nameWants: Readonly<Record<AccountNameProblem, string>> = {
  empty: 'wants a name',
  'too-long': `wants at most ${longestAccountName} characters`,
  'control-characters': 'wants a name without control characters',
};

const Name = z.string().transform((text, context) => {
  const name = cleanAccountName(text);
  const problem = accountNameProblem(name);
  if (problem === undefined) return name;
  context.addIssue({ code: 'custom', message: nameWants[problem] });
  return z.NEVER;
});

const DataCentre = z
  .string()
  .max(300)
  .transform((text, context) => {
    const origin = parseDataCentre(text);
    if (origin !== undefined) return origin;
    context.addIssue({
      code: 'custom',
      message: 'wants us, eu, ca, sg, au, ae, sa, ksa, or an https address (http on this machine only)',
    });
    return z.NEVER;
  });

const UserId = z.string().max(200).transform(cleanUserId).default('');
const Key = z.string().max(1000);
const Colour = z.string().regex(/^#[\da-f]{6}$/i, 'wants a colour such as #4f6df5');

const Passphrase = z.string().min(1, 'wants a passphrase').max(1000, 'wants at most 1,000 characters');

export const VaultStatus = z.object({
  tier: VaultTierSchema,
  /** Its true name on this machine. */
  name: z.string(),
  usable: z.boolean(),
  /** Why it can't be used now. */
  failure: FailureSchema.nullable(),
  /** `file` only: there is no file yet, so its passphrase is still to be chosen. */
  isNew: z.boolean(),
});

export type VaultStatus = z.output<typeof VaultStatus>;

export const accountCommands = {
  'accounts.list': command(z.object({}), z.array(AccountView)),
  /** Stores without a call to the API. */
  'accounts.add': command(
    z.object({
      name: Name,
      datacenter: DataCentre,
      userId: UserId,
      key: Key.optional(),
      vault: VaultTierSchema,
      colour: Colour.optional(),
    }),
    AccountView,
  ),
  'accounts.change': command(z.object({ id: Id, name: Name.optional(), colour: Colour.optional() }), AccountView),
  'accounts.setKey': command(z.object({ id: Id, key: Key, vault: VaultTierSchema.optional() }), Nothing),
  /** Uses the key for this process only, before any vault is asked. */
  'accounts.lendKey': command(z.object({ id: Id, key: Key }), Nothing),
  /** One call to the API. */
  'accounts.test': command(
    z.union([z.object({ id: Id }), z.object({ datacenter: DataCentre, userId: UserId, key: Key })]),
    z.object({ total: Count, calls: Count }),
  ),
  /** `leaveKey`: its key stays where it is, for whoever can't open that place any more. */
  'accounts.remove': command(
    z.object({ id: Id, catalogue: z.enum(['keep', 'delete']), leaveKey: z.boolean().default(false) }),
    Nothing,
  ),
  /** Removed accounts whose catalogue was kept. */
  'accounts.retired': command(z.object({}), z.array(AccountView)),
  /** Asks each tier whether it can be used now; a locked one may ask for its passphrase. */
  'vault.status': command(
    z.object({ tiers: z.array(VaultTierSchema).default(['keychain', 'file', 'session']) }),
    z.array(VaultStatus),
  ),
  /**
   * Gives this process the passphrase of the file, for as long as it runs; `wrong-passphrase` where it does not open it.
   * Where there is no file yet, the one that the first key makes gets it.
   */
  'vault.unlock': command(z.object({ tier: z.literal('file'), passphrase: Passphrase }), Nothing),
  /** Adds the sample library; its pictures are made in the app. */
  'sample.add': command(z.object({ name: Name, count: z.int().min(0).max(1_000_000) }), AccountView),
};
