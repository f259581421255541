/**
 * Electron's switches that are burnt into the program: nobody makes it run other code by an environment variable, an
 * argument or a folder beside it. The files' digest is checked by Electron on macOS and Windows only. Cookie encryption
 * would ask for the system's keychain at each start, for cookies that we do not have.
 * @param {string} platform
 * @returns {NonNullable<import('electron-builder').Configuration['electronFuses']>}
 */
export function fuses(platform) {
  return {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: platform !== 'linux',
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: false,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Changing the program breaks the signature without which an arm64 Mac runs nothing.
    resetAdHocDarwinSignature: platform === 'darwin',
  };
}
