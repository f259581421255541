import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../main/contract/commands/commands.ts';

/** Returns the names of a schema's fields at any depth, except enums, which can't hold a secret. */
function fieldsOf(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const properties = 'properties' in schema ? Object.entries(schema.properties ?? {}) : [];
  const open = properties.filter(([, field]) => !Object.hasOwn(field as object, 'enum')).map(([name]) => name);
  return [...open, ...Object.values(schema).flatMap(fieldsOf)];
}

function outputOf(output: z.ZodType): unknown {
  return z.toJSONSchema(output, { unrepresentable: 'any', io: 'output' });
}

const secret = /^(?:api)?key$|passphrase|password|secret|token|cookie/i;

describe('what the door gives out', () => {
  it.each(Object.entries(commands))('%s has no field for a secret', (_name, { output }) => {
    expect(fieldsOf(outputOf(output)).filter((field) => secret.test(field))).toEqual([]);
  });

  it('would be noticed by this test', () => {
    const leak = z.array(z.object({ account: z.object({ apiKey: z.string() }).nullable() }));
    expect(fieldsOf(outputOf(leak)).filter((field) => secret.test(field))).toEqual(['apiKey']);
    expect(fieldsOf(outputOf(commands['accounts.list'].output))).toContain('vaultName');
  });
});
