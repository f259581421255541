import type { EventMessage } from '../../../contract/events.ts';
import type { ImageKey } from '../../../domain/image/image.ts';
import type { ImageFailure, ImageSize } from '../../../domain/image/image-failure.ts';
import type { Result } from '../../../domain/result.ts';
import type { Theme } from '../../../domain/settings.ts';
import type { Offer } from '../../../domain/update.ts';
import type { Folders } from '../../../ports/folders.ts';
import type { LogLevel } from '../../../ports/log.ts';

/** Methods of the core thread, called by its host. */
export type CoreVerbs = {
  call(command: { readonly name: string; readonly input: unknown }): Promise<Result<unknown>>;
  openPicture(image: {
    readonly size: ImageSize;
    readonly key: ImageKey;
  }): Promise<Result<{ readonly path: string; readonly contentType: string }, ImageFailure>>;
  theme(nothing: undefined): Promise<Theme>;
  warm(nothing: undefined): void;
  /** Forwards events only while someone listens. */
  listen(hasListeners: boolean): void;
  /** Logs without the keys, which only the core knows. */
  log(line: {
    readonly level: LogLevel;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>> | undefined;
  }): void;
  helperAnswered(answer: { readonly id: number; readonly line: string }): void;
  helperEnded(id: number): void;
  updateProgressed(fraction: number): void;
  /** Resolves when the core has released everything. */
  close(nothing: undefined): Promise<void>;
};

/** Methods of the host, called by the core thread. */
export type HostVerbs = {
  /** Reports that the core is open, with its notices, or why not. */
  opened(result: Result<readonly string[]>): void;
  event(message: EventMessage): void;
  /** Returns the system's proxy for a URL, as an http(s) URL. */
  proxyFor(url: string): Promise<string | undefined>;
  startHelper(helper: {
    readonly id: number;
    readonly script: string;
    readonly environment: Readonly<Record<string, string>>;
  }): void;
  sendToHelper(input: { readonly id: number; readonly line: string }): void;
  killHelper(id: number): void;
  checkUpdate(nothing: undefined): Promise<Result<Offer | undefined>>;
  downloadUpdate(nothing: undefined): Promise<Result<undefined>>;
  installUpdate(nothing: undefined): Promise<Result<undefined>>;
};

/** The thread's start data. */
export type CoreThreadData = {
  readonly folders: Folders;
  readonly holder: { readonly pid: number; readonly command: string };
  readonly electron: string | undefined;
  /** Set if sharp's native build can't be used. */
  readonly pictureBuild?: 'wasm';
  /** The services that the host provides. */
  readonly brings: {
    readonly proxy: boolean;
    readonly helpers: boolean;
    readonly updates: 'source' | { readonly absent: string } | undefined;
  };
};
