import { spawn } from 'node:child_process';

type Opener = { readonly command: string; readonly args: readonly string[] };

/** The system's own way to its default browser, without a shell that could read the address as something else. */
export function browserOpener(url: string, platform: NodeJS.Platform): Opener {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  return { command: 'xdg-open', args: [url] };
}

/** Opens the address where there is a browser; where there is none, nothing happens. */
export function openBrowser(url: string, platform: NodeJS.Platform): void {
  const { command, args } = browserOpener(url, platform);
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}
