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
  /** What starts the app. */
  readonly program: string;
};

/**
 * Whether the app opens when the user logs in, set first where `change` is given; it does not unless the user says so.
 * null where that can't be: run from a checkout, or inside a sandbox that hides the desktop's folder.
 */
export function openAtLogin(parts: LoginItemDeps, change: boolean | undefined): Result<boolean | null> {
  const { app, platform, environment, program } = parts;
  if (!app.isPackaged || environment['FLATPAK_ID'] !== undefined) return ok(null);
  if (platform === 'linux') return throughDesktopEntry(environment, program, change);
  if (change !== undefined) app.setLoginItemSettings({ openAtLogin: change });
  return ok(app.getLoginItemSettings().openAtLogin);
}

function throughDesktopEntry(environment: Environment, program: string, change: boolean | undefined): Result<boolean> {
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

/** The Exec line quotes the program as the Desktop Entry Specification has it. */
export function desktopEntry(program: string): string {
  const quoted = program
    .replace(/[\\"`$]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `[Desktop Entry]\nType=Application\nName=Contact Sheet\nExec="${quoted}"\nTerminal=false\n`;
}
