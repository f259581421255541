/**
 * @typedef {object} Mutation one undone line of the security policy
 * @property {string} name
 * @property {string} file
 * @property {string} from occurs once in the file
 * @property {string} to
 * @property {readonly string[]} tests vitest arguments of the tests that must fail
 */

const electron = 'main/hosts/electron';
const unit = (/** @type {string} */ name) => [`tests/unit/electron/${name}.test.ts`];
const updates = ['tests/integration/packaging/updates.test.ts'];
const packages = ['tests/unit/packaging/packages.test.ts'];
const rig = (/** @type {string} */ title) => ['tests/integration/rig/rig.test.ts', '-t', title];

/**
 * @param {string} file
 * @param {readonly string[]} tests
 * @param {readonly (readonly [name: string, from: string, to: string])[]} lines
 * @returns {Mutation[]}
 */
function undo(file, tests, lines) {
  return lines.map(([name, from, to]) => ({ name, file, from, to, tests }));
}

/** @type {readonly Mutation[]} */
export const wallLines = [
  ...undo(`${electron}/window/browser-window.ts`, unit('wall'), [
    ['no sandbox', 'sandbox: true', 'sandbox: false'],
    ['no context isolation', 'contextIsolation: true', 'contextIsolation: false'],
    ['Node in the page', 'nodeIntegration: false', 'nodeIntegration: true'],
    ['Node in workers', 'nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true'],
    ['Node in frames', 'nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true'],
    ['webview tags', 'webviewTag: false', 'webviewTag: true'],
    ['no same-origin policy', 'webSecurity: true', 'webSecurity: false'],
    ['insecure content', 'allowRunningInsecureContent: false', 'allowRunningInsecureContent: true'],
    ['experimental features', 'experimentalFeatures: false', 'experimentalFeatures: true'],
    ['DevTools in releases', 'devTools: !isReleased', 'devTools: true'],
  ]),
  ...undo(`${electron}/security/web-contents-policy.ts`, unit('wall'), [
    ['pages go where they want', "contents.on('will-navigate', preventNavigation);", ''],
    ['pages are sent where others want', "contents.on('will-redirect', preventNavigation);", ''],
    ['pages embed pages', 'if (!event.isMainFrame) event.preventDefault();', ''],
    ['pages embed webviews', "contents.on('will-attach-webview', (event) => event.preventDefault());", ''],
    ['pages open windows', "({ action: 'deny' })", "({ action: 'allow' })"],
    [
      'only some windows are guarded',
      "app.on('web-contents-created', (_event, contents) => guardPage(contents));",
      'void app;',
    ],
    [
      'every permission',
      "return permission === 'clipboard-sanitized-write' && isOwnAddress(requester);",
      'return true;',
    ],
    ['anybody’s clipboard', ' && isOwnAddress(requester)', " && requester !== ''"],
    ['devices', 'setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
  ]),
  ...undo(`${electron}/ipc/ipc-endpoint.ts`, unit('channels'), [
    [
      'frames may call',
      'sender?.parent !== null || !isOwnAddress(sender.url)',
      'sender === null || !isOwnAddress(sender.url)',
    ],
    ['any page may call', '|| !isOwnAddress(sender.url)', ''],
    ['names that are none', "if (typeof name !== 'string') return fail", 'if (name === null) return fail'],
  ]),
  ...undo(`${electron}/window/app-url.ts`, unit('address'), [
    ['any scheme is ours', 'url.protocol === `${scheme}:` && ', ''],
    ['any host is ours', 'url.host === host && ', ''],
    ['addresses with a user', "url.username === '' && ", ''],
    ['addresses with a password', " && url.password === ''", ''],
    ['pictures are pages', "&& URL.parse(address)?.pathname === '/'", ''],
  ]),
  ...undo(`${electron}/security/register-scheme.ts`, unit('policy'), [
    ['a scheme above the policy', 'secure: true', 'secure: true, bypassCSP: true'],
    ['a scheme without an origin', 'standard: true', 'standard: false'],
  ]),
  ...undo('main/hosts/shared/page/security-headers.ts', unit('policy'), [
    ['anybody’s everything', '"default-src \'none\'",\n    "script-src', '"default-src *",\n    "script-src'],
    ['anybody’s scripts', '"script-src \'self\'"', '"script-src *"'],
    ['anybody’s pictures', '"img-src \'self\'"', '"img-src *"'],
    ['connections to anywhere', "`connect-src 'self'$", '`connect-src *$'],
    ['another base', '"base-uri \'none\'",', ''],
    ['forms to anywhere', '"form-action \'none\'",', ''],
    ['inside of other pages', '"frame-ancestors \'none\'",', ''],
    ['markup as text', '"require-trusted-types-for \'script\'",', ''],
    ['any policy of trusted types', "'trusted-types svelte-trusted-html'", "'trusted-types *'"],
    ['guessed types', "'X-Content-Type-Options': 'nosniff',", ''],
    ['pictures that run scripts', "'unsafe-inline'; sandbox", "'unsafe-inline'"],
  ]),
  ...undo(`${electron}/shell-integration/saved-copy.ts`, unit('host-commands'), [
    ['any scheme in the browser', "url?.protocol !== 'https:'", 'url === null'],
    [
      'programs are opened',
      "extension !== undefined && extension !== 'svg' && isImageExtension(extension)",
      'extension !== undefined',
    ],
  ]),
  ...undo(`${electron}/ipc/host-commands.ts`, unit('host-commands'), [
    ['the browser opens unasked', 'if (response !== 0) return ok(false);', ''],
    ['files are opened unseen', 'isImageName(path.value) ? open', 'path.ok ? open'],
  ]),
  ...undo(`${electron}/shell-integration/deep-link.ts`, unit('start'), [
    ['links of any kind', " || url.host !== 'search'", ''],
    ['links with control characters', '/\\p{Cc}/u.test(query)', 'query === undefined'],
  ]),
  ...undo(`${electron}/shell-integration/recent-destinations.ts`, unit('taskbar'), [
    ['any folder is opened', 'known.includes(path) && isFolder(path)', 'isFolder(path)'],
    ['arguments for Explorer', ".filter((path) => !path.includes('\"'))", ''],
  ]),
  ...undo(`${electron}/updates/signed-release.ts`, updates, [
    ['anybody’s updates', 'return isOurs ? ', 'return text ? '],
  ]),
  ...undo(`${electron}/updates/update-source.ts`, updates, [
    ['old releases as new ones', 'release?.version === version ? release : undefined', 'release'],
    [
      'updates that were changed on the disk',
      'if (release !== undefined && !(await isOfRelease(file, release))) return fail(unsigned());',
      'void release;',
    ],
  ]),
  ...undo(
    'renderer/updates/release-notes.ts',
    ['tests/unit/renderer/updates.test.ts'],
    [['release notes that turn text round', ".replaceAll(unseen, '')", '']],
  ),
  ...undo('build/packaging/fuses.mjs', packages, [
    ['a program that runs as Node', 'runAsNode: false', 'runAsNode: true'],
    ['Node’s options from the environment', 'OptionsEnvironmentVariable: false', 'OptionsEnvironmentVariable: true'],
    ['a debugger by an argument', 'enableNodeCliInspectArguments: false', 'enableNodeCliInspectArguments: true'],
    ['an archive that was changed', "IntegrityValidation: platform !== 'linux'", 'IntegrityValidation: false'],
    ['an app beside the archive', 'onlyLoadAppFromAsar: true', 'onlyLoadAppFromAsar: false'],
    ['files with privileges', 'grantFileProtocolExtraPrivileges: false', 'grantFileProtocolExtraPrivileges: true'],
  ]),
  ...undo('build/packaging/linux/linux-config.mjs', packages, [
    ['packages without the sandbox', 'executableArgs: []', "executableArgs: ['--no-sandbox']"],
  ]),
  ...undo(`${electron}/app/open-app.ts`, rig('goes nowhere else'), [
    ['no guard at all', 'guardContents(electron.app);', ''],
    ['no permissions denied', 'denyPermissions(electron.session.defaultSession);', ''],
  ]),
  ...undo('preload/preload.ts', rig('gives the page the bridge'), [
    [
      'a bridge with more',
      'const bridge: Transport = {',
      'const bridge: Transport & { more: unknown } = {\n  more: (name: string) => ipcRenderer.invoke(name),',
    ],
  ]),
];
