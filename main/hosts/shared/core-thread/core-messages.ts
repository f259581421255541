import type { EventMessage } from '../../../contract/events.ts';
import type { ImageKey } from '../../../domain/image/image.ts';
import type { ImageFailure, ImageSize } from '../../../domain/image/image-failure.ts';
import type { Result } from '../../../domain/result.ts';
import type { Theme } from '../../../domain/settings.ts';
import type { Offer } from '../../../domain/update.ts';
import type { Folders } from '../../../ports/folders.ts';
import type { LogLevel } from '../../../ports/log.ts';

/** What the core's thread is asked by its host. */
export type CoreVerbs = {
  call(command: { readonly name: string; readonly input: unknown }): Promise<Result<unknown>>;
  openPicture(picture: {
    readonly size: ImageSize;
    readonly key: ImageKey;
  }): Promise<Result<{ readonly path: string; readonly contentType: string }, ImageFailure>>;
  theme(nothing: undefined): Promise<Theme>;
  warm(nothing: undefined): void;
  /** Events cross only while someone listens. */
  listen(isHeard: boolean): void;
  /** Written without the keys, which the core alone knows. */
  log(line: {
    readonly level: LogLevel;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>> | undefined;
  }): void;
  helperAnswered(answer: { readonly id: number; readonly line: string }): void;
  helperEnded(id: number): void;
  updateProgressed(fraction: number): void;
  /** Answered when the core has let go of everything. */
  close(nothing: undefined): Promise<void>;
};

/** What the host is asked by the core's thread: what only the host has. */
export type HostVerbs = {
  /** The core is there, with what was mended, or can't be. */
  opened(how: Result<readonly string[]>): void;
  event(message: EventMessage): void;
  /** The system's proxy for a URL, as an http(s) URL. */
  proxyFor(url: string): Promise<string | undefined>;
  startHelper(helper: {
    readonly id: number;
    readonly script: string;
    readonly environment: Readonly<Record<string, string>>;
  }): void;
  sendToHelper(order: { readonly id: number; readonly line: string }): void;
  killHelper(id: number): void;
  checkUpdate(nothing: undefined): Promise<Result<Offer | undefined>>;
  downloadUpdate(nothing: undefined): Promise<Result<undefined>>;
  installUpdate(nothing: undefined): Promise<Result<undefined>>;
};

/** What the thread starts with. */
export type CoreThreadData = {
  readonly folders: Folders;
  readonly holder: { readonly pid: number; readonly command: string };
  readonly electron: string | undefined;
  /** Where the native build of the library for pictures can't be used. */
  readonly pictureBuild?: 'wasm';
  /** What of the core's needs the host answers for. */
  readonly brings: {
    readonly proxy: boolean;
    readonly helpers: boolean;
    readonly updates: 'source' | { readonly absent: string } | undefined;
  };
};
