import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type LoginItemDeps = {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged'>;
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  /** Path of the app's executable. */
  readonly program: string;
};

/**
 * Returns whether the app opens at login, after applying `change` if given; off by default. null if that isn't
 * possible: in a checkout, or in a sandbox that hides the desktop's folder.
 */
export function openAtLogin(deps: LoginItemDeps, change: boolean | undefined): Result<boolean | null> {
  const { app, platform, environment, program } = deps;
  if (!app.isPackaged || environment['FLATPAK_ID'] !== undefined) return ok(null);
  if (platform === 'linux') return useDesktopEntry(environment, program, change);
  if (change !== undefined) app.setLoginItemSettings({ openAtLogin: change });
  return ok(app.getLoginItemSettings().openAtLogin);
}

function useDesktopEntry(environment: Environment, program: string, change: boolean | undefined): Result<boolean> {
  const configured = environment['XDG_CONFIG_HOME'] ?? '';
  const home = environment['HOME'] ?? homedir();
  const folder = join(configured === '' ? join(home, '.config') : configured, 'autostart');
  const file = join(folder, 'contact-sheet.desktop');
  try {
    if (change === true) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, desktopEntry(environment['APPIMAGE'] ?? program));
    }
    if (change === false) rmSync(file, { force: true });
    return ok(existsSync(file));
  } catch {
    return fail(failure('not-writable', `${file} can’t be changed. Allow it in the permissions of its folder.`));
  }
}

/** Quotes the program in the Exec line as the Desktop Entry Specification requires. */
export function desktopEntry(program: string): string {
  const quoted = program
    .replace(/[\\"`$]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `[Desktop Entry]\nType=Application\nName=Contact Sheet\nExec="${quoted}"\nTerminal=false\n`;
}
