/** The runtime and base app of the Flatpak, ours and Flathub's alike. */
export const flatpakBase = {
  runtime: 'org.freedesktop.Platform',
  runtimeVersion: '24.08',
  sdk: 'org.freedesktop.Sdk',
  base: 'org.electronjs.Electron2.BaseApp',
  baseVersion: '24.08',
};

/** The app's permissions outside of its sandbox. */
export const flatpakPermissions = [
  '--socket=wayland',
  '--socket=fallback-x11',
  '--share=ipc',
  '--device=dri',
  '--share=network',
  // Downloads go to a folder of the user's choice, usually Pictures.
  '--filesystem=xdg-pictures',
  '--filesystem=xdg-download',
  // The keychain, download notifications, and the tray icon that reopens the window.
  '--talk-name=org.freedesktop.secrets',
  '--talk-name=org.freedesktop.Notifications',
  '--talk-name=org.kde.StatusNotifierWatcher',
];
