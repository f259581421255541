/**
 * Returns Electron's fuses, so that no environment variable, argument or folder beside the program makes it run other
 * code. Electron checks the archive's integrity on macOS and Windows only. Cookie encryption would access the system's
 * keychain at each start, for cookies that we don't have.
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
    // Changing the program breaks its signature, without which an arm64 Mac runs nothing.
    resetAdHocDarwinSignature: platform === 'darwin',
  };
}
