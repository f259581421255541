type Listener = (event: object, ...args: readonly unknown[]) => void;
type Page = Record<string | symbol, unknown> & {
  readonly top: unknown;
  addEventListener(type: string, listen: (event: Record<string, unknown>) => void): void;
};
type Invoke = (channel: string, args: readonly unknown[]) => Promise<{ value?: unknown; error?: string }>;
type Preload = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void;

export type PageNames = { readonly invoke: string; readonly fault: string; readonly delivery: string };

/**
 * Runs the preload before a page's own scripts, with the modules of a sandboxed preload. Values cross as in Electron's
 * context bridge: copied, functions as proxies, without prototypes and symbols; exposed objects are frozen. Must be
 * self-contained, as its source text is sent to the page.
 */
export function runPreload(preload: Preload, names: PageNames, clonePlain: (value: unknown) => unknown): void {
  const page = globalThis as unknown as Page;
  const invoke = page[names.invoke] as Invoke;
  const fault = page[names.fault] as (text: string) => void;
  // The page must not access the preload's own functions, and a frame inside a page has no preload.
  for (const name of [names.invoke, names.fault]) Reflect.deleteProperty(page, name);
  if (page.top !== page) return;

  page.addEventListener('securitypolicyviolation', (event) =>
    fault(`CSP: ${String(event['violatedDirective'])} ${String(event['blockedURI'])}`),
  );

  const isPlain = (value: object) => !(value instanceof Date || ArrayBuffer.isView(value));
  const cross = (value: unknown, freeze: boolean): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(
          value,
          undefined,
          args.map((arg) => cross(arg, false)),
        );
        return cross(answer, false);
      };
    }
    if (typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Promise) return value.then((inner) => cross(inner, false));
    if (value instanceof Error) return new Error(value.message);
    if (!isPlain(value)) return structuredClone(value);
    const copy: unknown = Array.isArray(value)
      ? value.map((inner) => cross(inner, freeze))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cross(inner, freeze)]));
    return freeze ? Object.freeze(copy) : copy;
  };

  const strict = (name: string, known: object) =>
    new Proxy(known, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key) as unknown;
        throw new Error(`The rig does not know ${name}.${key}.`);
      },
    });
  const listeners = new Map<string, Set<Listener>>();
  const ipcRenderer = strict('ipcRenderer', {
    async invoke(channel: string, ...args: unknown[]) {
      const answer = await invoke(channel, clonePlain(args) as unknown[]);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  });
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in page) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
      Object.defineProperty(page, name, { value: cross(api, true), enumerable: true });
    },
  });
  Object.defineProperty(page, Symbol.for(names.delivery), {
    value: (channel: string, args: readonly unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    },
  });
  const electron = strict('electron', { contextBridge, ipcRenderer });
  const module = { exports: {} };
  preload(
    (name) => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}`);
    },
    module,
    module.exports,
  );
}
