import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pathFields } from '../../main/composition/check-paths.ts';
import { commands } from '../../main/contract/commands/commands.ts';
import { Path } from '../../main/contract/common.ts';
import { commandLineCommands } from '../../main/contract/commands/exports.ts';
import { foreignPathProblem, fullPathProblem } from '../../main/domain/files/path-form.ts';

const posix = ['/', '/media/x', '//double', '/C:\\x', '/a/~b'];
const windows = ['C:\\', 'c:/x', 'D:\\a b\\', '\\\\server\\share', '//server/share/x', '\\\\?\\C:\\long'];
const neither = ['~', '~/x', '~user/x', 'file:///media', 'https://x.test/a', 's3://bucket/a', 'C:', 'D:foo', '\\x'];
const relative = ['.', '..', 'x', './~', './C:', 'a/b', 'ab:c', '-x'];

describe('a path', () => {
  it.each([...windows.filter((path) => !path.startsWith('//')), ...neither])(
    '%s is foreign on Linux and macOS',
    (path) => {
      for (const platform of ['linux', 'darwin']) {
        expect(foreignPathProblem(path, platform)).toMatch(/\. (?:Enter|Write) /);
        expect(fullPathProblem(path, platform)).toBe(foreignPathProblem(path, platform));
      }
    },
  );

  it.each([...neither, '/', '/media', '\\\\.\\PhysicalDrive0', '//./COM1', '\\\\server'])(
    '%s is foreign on Windows',
    (path) => {
      expect(foreignPathProblem(path, 'win32')).toMatch(/\. (?:Enter|Write) /);
    },
  );

  it('of the platform itself, or a relative one, is not', () => {
    for (const path of [...posix, ...relative]) expect(foreignPathProblem(path, 'linux'), path).toBeUndefined();
    for (const path of windows) expect(foreignPathProblem(path, 'win32'), path).toBeUndefined();
    for (const path of posix) expect(fullPathProblem(path, 'linux'), path).toBeUndefined();
    for (const path of windows) expect(fullPathProblem(path, 'win32'), path).toBeUndefined();
    for (const path of relative) expect(fullPathProblem(path, 'linux'), path).toContain('not a full path');
  });

  it('is checked in every command that takes one', () => {
    const { minLength, maxLength } = Path;
    const takers = Object.values({ ...commands, ...commandLineCommands }).flatMap(({ input }) =>
      fieldsOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })),
    );
    const paths = takers.filter(({ schema }) => schema.minLength === minLength && schema.maxLength === maxLength);
    expect(new Set(paths.map(({ name }) => name))).toEqual(new Set(pathFields));
  });
});

type Field = { readonly name: string; readonly schema: { readonly minLength?: unknown; readonly maxLength?: unknown } };

/** Finds the string fields of a schema, by name. */
function fieldsOf(schema: z.core.JSONSchema.BaseSchema): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    return [field, ...(field.anyOf ?? [])].map((one) => ({ name, schema: one }));
  });
}
