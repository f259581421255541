import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';

const probe = join(root, 'main', 'hosts', 'electron', 'probe-that-is-not-there.ts');
const probeText = "import { safeStorage } from 'electron';\nexport const hidden = safeStorage.encryptString('x');\n";

/** Creates a check for calls of functions that electron.d.ts marks as deprecated. */
function createJudge() {
  const files = globSync(['main/hosts/electron/**/*.ts', 'preload/*.ts'], { cwd: root }).map((path) =>
    join(root, path),
  );
  const configuration = ts.readConfigFile(join(root, 'build', 'tsconfig.main.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(configuration.config, ts.sys, join(root, 'build'));
  const service = ts.createLanguageService({
    ...{
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...files, probe],
      getScriptVersion: () => '1',
    },
    ...{ getCurrentDirectory: () => root, getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given) },
    getScriptSnapshot(path) {
      const text = path === probe ? probeText : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (path) => path === probe || ts.sys.fileExists(path),
    readFile: (path) => (path === probe ? probeText : ts.sys.readFile(path)),
  });
  const deprecated = (file: string) =>
    service
      .getSuggestionDiagnostics(file)
      .filter(({ reportsDeprecated }) => reportsDeprecated !== undefined)
      .map(({ messageText, start }) => `${file}:${start} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  return { files, deprecated };
}

test('nothing of Electron that we call is deprecated in the version that we build on', () => {
  const { files, deprecated } = createJudge();
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(version).toMatch(/^45\./u);
  expect(files.filter((file) => file.includes('updates')).length).toBeGreaterThan(3);
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap(deprecated)).toEqual([]);
  // The check itself works.
  expect(deprecated(probe)).toEqual([expect.stringContaining('encryptString')]);
});
