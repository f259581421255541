// Who may import whom: the layers of ARCHITECTURE.md, each as an error.

const adapters = 'remote|storage|search|vault|network|imaging|settings-file|helpers';
const features = 'accounts|sync|catalogue|downloads|thumbnails|insights|exports|settings|updates|sample|doctor';

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
 * Only these folders may import these libraries.
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
      { path: `^main/(${adapters})/` },
      { path: '^main/', pathNot: '^main/(domain|ports|helpers|$1)/' },
    ),
    forbid(
      'features-stand-alone',
      'A feature imports contract, domain, ports, remote, storage, search and events; never another feature.',
      { path: `^main/(${features})/` },
      { path: '^main/', pathNot: '^main/(contract|domain|ports|remote|storage|search|$1)/|^main/events\\.ts$' },
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
      'hosts import core, contract, ports, the pure domain, what starts processes, the constructor of network, and the types of vault.',
      { path: '^main/hosts/' },
      {
        path: '^main/',
        pathNot: '^main/(hosts|contract|domain|ports|helpers|vault|network)/|^main/(core|dispatch|events)(/|\\.ts$)',
      },
    ),
    forbid(
      'hosts-are-equals',
      'The window and the browser host know no other host; what they share lies in hosts/page and hosts/thread, what all share in hosts/node.',
      { path: '^main/hosts/(electron|web)/' },
      { path: '^main/hosts/', pathNot: '^main/hosts/($1|page|thread|node)/' },
    ),
    forbid(
      'shared-by-hosts',
      'What hosts share knows none of them.',
      { path: '^main/hosts/(page|thread|node)/' },
      { path: '^main/hosts/', pathNot: '^main/hosts/($1|node)/' },
    ),
    forbid(
      'core-off-the-hosts-thread',
      'Hosts that go on answering reach the core by its thread, so that no SQLite is opened on theirs; commands that do one thing and end may load it.',
      { path: '^main/hosts/', pathNot: '^main/hosts/(thread/core-worker|cli/open-core)\\.ts$' },
      { path: '^main/core\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'only-the-window-has-texts',
      'Of main only the window takes anything of the interface: the texts that the system shows for it.',
      { path: '^(main|preload)/', pathNot: '^main/hosts/electron/' },
      { path: '^renderer/' },
    ),
    forbid(
      'texts-alone',
      'Of the interface the window takes the texts alone.',
      { path: '^main/hosts/electron/' },
      { path: '^renderer/', pathNot: '^renderer/messages/messages\\.ts$' },
    ),
    forbid(
      'renderer-sees-the-door',
      'renderer imports from main only contract and domain.',
      { path: '^renderer/' },
      { path: '^main/', pathNot: '^main/(contract|domain)/' },
    ),
    forbid(
      'no-schemas-in-a-page',
      'renderer takes types alone from contract, whose values bring the schema library into the page.',
      { path: '^renderer/' },
      { path: '^main/contract/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'parts-are-general',
      'parts import nothing of ours.',
      { path: '^renderer/parts/' },
      {
        path: '^(main|preload|renderer)/',
        pathNot: '^renderer/parts/',
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
    keepTo('sqlite-in-storage', 'main/storage', 'sqlite|better-sqlite3'),
    keepTo('connections-in-remote', 'main/(remote|sample|network|hosts/web)', 'undici|https?|http2|net|tls|dgram'),
    keepTo('processes-in-helpers', 'main/helpers', 'child_process'),
    keepTo('keychain-in-vault', 'main/vault', '@napi-rs/keyring|age-encryption'),
    keepTo('settings-in-their-file', 'main/settings-file', 'conf'),
    keepTo('pictures-in-imaging', 'main/(imaging|sample|composition)', 'sharp'),
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
      'What ships needs its libraries in dependencies.',
      { path: '^(main|preload|bin)/' },
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
