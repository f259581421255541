/** What the app stands on as a Flatpak, ours and Flathub's alike. */
export const flatpakBase = {
  runtime: 'org.freedesktop.Platform',
  runtimeVersion: '24.08',
  sdk: 'org.freedesktop.Sdk',
  base: 'org.electronjs.Electron2.BaseApp',
  baseVersion: '24.08',
};

/** All that the app may do outside of its sandbox. */
export const flatpakPermissions = [
  ...['--socket=wayland', '--socket=fallback-x11', '--share=ipc', '--device=dri', '--share=network'],
  // Downloads go where the user says, usually the pictures.
  ...['--filesystem=xdg-pictures', '--filesystem=xdg-download'],
  // Keys, what is said of downloads, and the symbol by which the window comes back.
  ...['--talk-name=org.freedesktop.secrets', '--talk-name=org.freedesktop.Notifications'],
  '--talk-name=org.kde.StatusNotifierWatcher',
];
