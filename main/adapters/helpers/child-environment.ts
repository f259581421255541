export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that a child process gets; no other leaves this process, so that no secret does, ours or another
 * program's.
 */
const passedOn = new RegExp(
  `^(?:${[
    // Where programs, the user's files and temporary files are.
    'PATH|PATHEXT|HOME|USER|USERNAME|USERDOMAIN|USERPROFILE|LOGNAME|SHELL|TMPDIR|TMP|TEMP|HOMEDRIVE|HOMEPATH',
    'APPDATA|LOCALAPPDATA|ProgramData|Program(?:Files|W6432).*|CommonProgram.*|SystemRoot|SystemDrive|windir|ComSpec',
    // Language and time.
    'LANG|LANGUAGE|LC_\\w+|TZ',
    // The desktop: its session, bus, screen, keyring and preferred browser.
    'XDG_\\w+|DBUS_\\w+|DISPLAY|WAYLAND_\\w+|XAUTHORITY|ICEAUTHORITY|SESSION_MANAGER|DESKTOP_SESSION|BROWSER',
    'GNOME_\\w+|KDE_\\w+|GDK_\\w+|GTK_\\w+|QT_\\w+|MOZ_\\w+|FLATPAK_\\w+|SNAP\\w*|WSL\\w*',
    // What a copy of this very program needs.
    'LD_LIBRARY_PATH|NODE_COMPILE_CACHE|NAPI_RS_\\w+|FONTCONFIG_\\w+|CONTACT_SHEET_PICTURE\\w+',
  ].join('|')})$`,
  'i',
);

const proxies = /^(?:https?|all|ftp|no)_proxy$/i;

/** Returns what of an environment a child process gets. A proxy is passed on unless its address holds a password. */
export function childEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (passedOn.test(entry[0]) || (proxies.test(entry[0]) && !entry[1].includes('@'))),
  );
  return Object.fromEntries(kept);
}

/**
 * Removes what no child process may get from the environment of this process, which programs of the system and of
 * Electron inherit unasked; returns the environment as it was.
 */
export function withdrawSecrets(environment: Record<string, string | undefined>): Environment {
  const whole = { ...environment };
  for (const name of ['CONTACT_SHEET_API_KEY', 'CONTACT_SHEET_PASSPHRASE']) {
    const written = Object.keys(environment).filter((key) => key.toUpperCase() === name);
    for (const key of written) Reflect.deleteProperty(environment, key);
  }
  return whole;
}
