// Enforces the layers of ARCHITECTURE.md, each as an error.

/**
 * @param {string} name
 * @param {string} comment
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['from']} from
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} to
 * @returns {import('dependency-cruiser').IRegularForbiddenRuleType}
 */
function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/**
 * Forbids importing these libraries outside of these folders.
 * @param {string} name
 * @param {string} folders
 * @param {string} libraries
 */
function keepTo(name, folders, libraries) {
  const comment = `Only ${folders} may import ${libraries}.`;
  const path = `^(node:)?(${libraries})$|^node_modules/(${libraries})/`;
  return forbid(name, comment, { path: '^(main|preload|renderer)/', pathNot: `^(${folders})(/|\\.ts$)` }, { path });
}

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    forbid('domain-is-pure', 'domain imports nothing.', { path: '^main/domain/' }, { pathNot: '^main/domain/' }),
    forbid(
      'contract-is-pure',
      'contract imports domain and the schema library.',
      { path: '^main/contract/' },
      { pathNot: '^main/(contract|domain)/|^node_modules/zod/' },
    ),
    forbid('ports-are-types', 'ports imports domain.', { path: '^main/ports/' }, { pathNot: '^main/(ports|domain)/' }),
    forbid(
      'adapters-stand-alone',
      'Adapters import domain, ports, their library and what starts helper processes; never one another.',
      { path: '^main/adapters/([^/]+)/' },
      { path: '^main/', pathNot: '^main/(domain|ports|adapters/(helpers|$1))/' },
    ),
    forbid(
      'features-stand-alone',
      'A feature imports contract, domain, ports, remote, storage, search and events; never another feature.',
      { path: '^main/features/([^/]+)/' },
      {
        path: '^main/',
        pathNot: '^main/(contract|domain|ports|adapters/(remote|storage|search)|features/$1)/|^main/events\\.ts$',
      },
    ),
    forbid(
      'door-knows-no-feature',
      'dispatch and events import contract, domain and ports.',
      { path: '^main/(dispatch|events)\\.ts$' },
      { path: '^main/', pathNot: '^main/(contract|domain|ports)/|^main/(dispatch|events)\\.ts$' },
    ),
    forbid(
      'core-knows-no-host',
      'Only hosts import hosts.',
      { pathNot: '^(main/hosts|tests)/' },
      { path: '^main/hosts/' },
    ),
    forbid(
      'composition-is-core',
      'composition is what core.ts is put together from.',
      { pathNot: '^(main/(core\\.ts$|composition/)|tests/)' },
      { path: '^main/composition/' },
    ),
    forbid(
      'hosts-are-thin',
      'hosts import core, contract, messages, ports, the pure domain, what starts processes, the constructor of network, and the types of vault.',
      { path: '^main/hosts/' },
      {
        path: '^main/',
        pathNot:
          '^main/(hosts|contract|domain|messages|ports|adapters/(helpers|vault|network))/|^main/(core|dispatch|events)\\.ts$',
      },
    ),
    forbid(
      'hosts-are-equals',
      'The window and the browser host know no other host; what hosts share lies in hosts/shared.',
      { path: '^main/hosts/(electron|web)/' },
      { path: '^main/hosts/', pathNot: '^main/hosts/($1|shared)/' },
    ),
    forbid(
      'shared-by-hosts',
      'What hosts share knows none of them.',
      { path: '^main/hosts/shared/([^/]+)/' },
      { path: '^main/hosts/', pathNot: '^main/hosts/shared/($1|node)/' },
    ),
    forbid(
      'core-off-the-hosts-thread',
      'Hosts that go on answering reach the core by its thread, so that no SQLite is opened on theirs; commands that do one thing and end may load it.',
      { path: '^main/hosts/', pathNot: '^main/hosts/(shared/core-thread/core-worker|cli/open-core)\\.ts$' },
      { path: '^main/core\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'messages-are-texts',
      'messages imports types of the contract and domain, and what formats messages.',
      { path: '^main/messages/' },
      { path: '^main/', pathNot: '^main/(messages|contract|domain)/' },
    ),
    forbid(
      'only-hosts-word',
      'The core words nothing: only hosts and the interface read messages.',
      { path: '^(main|preload)/', pathNot: '^main/(hosts|messages)/' },
      { path: '^main/messages/' },
    ),
    forbid(
      'main-knows-no-page',
      'Only the interface imports itself.',
      { path: '^(main|preload)/' },
      { path: '^renderer/' },
    ),
    forbid(
      'renderer-sees-the-door',
      'renderer imports from main only contract, domain and messages.',
      { path: '^renderer/' },
      { path: '^main/', pathNot: '^main/(contract|domain|messages)/' },
    ),
    forbid(
      'no-schemas-in-a-page',
      'renderer takes types alone from contract, whose values bring the schema library into the page.',
      { path: '^(renderer|main/messages)/' },
      { path: '^main/contract/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'parts-are-general',
      'parts import nothing of ours.',
      { path: '^renderer/components/' },
      {
        path: '^(main|preload|renderer)/',
        pathNot: '^renderer/components/',
      },
    ),
    forbid('nothing-imports-tests', 'Nothing imports tests.', { pathNot: '^tests/' }, { path: '^tests/' }),
    forbid(
      'product-needs-no-build',
      'The product does not import what builds it.',
      { path: '^(main|preload|renderer)/' },
      {
        path: '^(build|bin)/',
      },
    ),
    keepTo('sqlite-in-storage', 'main/adapters/storage', 'sqlite|better-sqlite3'),
    keepTo(
      'connections-in-remote',
      'main/(adapters/(remote|network)|features/sample|hosts/web)',
      'undici|https?|http2|net|tls|dgram',
    ),
    keepTo('processes-in-helpers', 'main/adapters/helpers', 'child_process'),
    keepTo('keychain-in-vault', 'main/adapters/vault', '@napi-rs/keyring|age-encryption'),
    keepTo('settings-in-their-file', 'main/adapters/settings-file', 'conf'),
    keepTo('pictures-in-imaging', 'main/(adapters/imaging|features/sample|composition)', 'sharp'),
    keepTo('arguments-in-the-command-line', 'main/hosts/cli', 'commander'),
    keepTo('web-sockets-in-the-browser-host', 'main/hosts/web', 'ws'),
    keepTo('electron-in-its-host', 'main/hosts/electron|preload', 'electron|electron-updater'),
    forbid('no-cycles', 'A cycle hides which of two knows the other.', {}, { circular: true }),
    forbid(
      'no-barrels',
      'Import from the file itself.',
      {},
      { path: '/index\\.(ts|mjs|js)$', pathNot: '^node_modules/' },
    ),
    forbid('resolvable', 'It is not there.', {}, { couldNotResolve: true }),
    forbid(
      'product-needs-its-dependencies',
      'What ships needs its libraries in dependencies; those of messages are bundled.',
      { path: '^(main|preload|bin)/', pathNot: '^main/messages/' },
      {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/electron(-updater|-store)?/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'build/tsconfig.tests.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};

export default configuration;
