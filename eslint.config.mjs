import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

const connections = ['undici', 'http', 'https', 'http2', 'net', 'tls', 'dgram'];
const message = {
  electron: 'Only hosts/electron and preload may import electron.',
  database: 'SQL lives in main/adapters/storage.',
  connection: 'Only main/adapters/remote opens connections, through its gate.',
};

/**
 * The restricted imports of a part, each with the reason.
 * @param {{ allowed?: readonly string[] }} part
 * @returns {import('eslint').Linter.RulesRecord}
 */
function restrictImports({ allowed = [] } = {}) {
  const banned = [
    ['electron', message.electron],
    ['sqlite', message.database],
    ...connections.map((name) => [name, message.connection]),
  ].filter(([name]) => !allowed.includes(name ?? ''));
  const paths = banned.flatMap(([name = '', reason = '']) => [
    { name, message: reason },
    { name: `node:${name}`, message: reason },
  ]);
  return { 'no-restricted-imports': ['error', { paths }] };
}

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name.',
};
const noBarrel = {
  selector: 'ExportAllDeclaration, ExportNamedDeclaration[source]',
  message: 'No barrels: import from the file itself.',
};
const noSleep = {
  selector: 'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
  message: 'A test sleeps: wait for what is expected instead (vi.waitFor, expect.poll).',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'A union of literals says the same without code.' };

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.cache/', '**/fixtures/']),
  js.configs.recommended,
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      ecmaVersion: 2025,
      sourceType: 'module',
      globals: globals.node,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off', // noPropertyAccessFromIndexSignature asks for the opposite
      '@typescript-eslint/consistent-indexed-object-style': 'off', // a named key says what it is
      '@typescript-eslint/no-confusing-void-expression': 'off', // `return say(…)` ends a branch in one line
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }], // by code point
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }], // '' is unset
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/require-await': 'off', // a function may promise by its signature
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/unbound-method': 'off', // constructor functions have no `this`
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      complexity: ['error', 20],
      eqeqeq: 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'max-depth': ['error', 4],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noBarrel, noEnum],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['main/**'],
    rules: {
      ...restrictImports(),
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
          name,
          message: message.connection,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the clock that is passed in.' },
        { object: 'Math', property: 'random', message: 'Take the randomness that is passed in.' },
      ],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['renderer/**', 'tests/unit/renderer/**', 'tests/bench/**'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        project: './build/tsconfig.renderer.json',
        extraFileExtensions: ['.svelte'],
        parser: typescript.parser,
      },
    },
    rules: {
      // What a template's snippet renders is judged by svelte-check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // What comes through the door is replaced whole ($state.raw), never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Ask the core, through the door.' }],
    },
  },
  {
    files: ['renderer/**/*.svelte'],
    rules: {
      // A component is declared by its file; props are bound to be written to.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      'max-lines-per-function': 'off',
    },
  },
  { files: ['main/adapters/storage/**'], rules: restrictImports({ allowed: ['sqlite'] }) },
  { files: ['main/adapters/remote/**'], rules: restrictImports({ allowed: connections }) },
  { files: ['main/features/sample/**', 'main/hosts/web/**'], rules: restrictImports({ allowed: ['http'] }) },
  { files: ['main/adapters/network/**'], rules: restrictImports({ allowed: ['tls'] }) },
  { files: ['main/hosts/electron/**', 'preload/**'], rules: restrictImports({ allowed: ['electron'] }) },
  // The hosts are where the real clock, the real chance and the real streams come from.
  { files: ['main/hosts/**'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['tests/**'],
    rules: {
      // A describe block is as long as its tests; what JSON.parse gives is judged by the assertions.
      'max-lines-per-function': 'off',
      'max-depth': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['tests/**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noBarrel, noEnum, noSleep] },
  },
  {
    files: ['build/**', 'bin/**', 'eslint.config.mjs'],
    rules: {
      'no-console': 'off',
      // Parsed JSON comes from files of npm and vitest; checkJs holds the rest to its annotations.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['eslint.config.mjs', 'build/*.config.ts', 'build/dependency-cruiser.mjs', 'build/test-{home,build}.ts'],
    rules: { 'no-restricted-syntax': ['error', noBarrel, noEnum] },
  },
  prettier,
);
