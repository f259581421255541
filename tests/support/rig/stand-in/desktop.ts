import type {
  Dock,
  Menu as ElectronMenu,
  MenuItemConstructorOptions,
  NativeImage,
  Notification as Notice,
} from 'electron';
import type { NotificationConstructorOptions, Tray as ElectronTray } from 'electron';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { tell } from './rig.ts';

type Template = readonly MenuItemConstructorOptions[];

const templates = new WeakMap<object, Template>();
const did = (what: string, value: unknown) => tell({ kind: 'did', what, value });

let applicationMenu: object | null = null;

/** Describes a menu as a user sees it, for the test. */
function describe(template: Template): unknown {
  return template.map(({ label, role, type, enabled, checked, accelerator, submenu }) => ({
    label,
    role,
    type,
    enabled,
    checked,
    accelerator: accelerator ?? undefined,
    ...(Array.isArray(submenu) ? { submenu: describe(submenu) } : {}),
  }));
}

export const Menu = strict('Menu', {
  buildFromTemplate(template) {
    const menu = strict('Menu', {});
    templates.set(menu, template as Template);
    return menu as never;
  },
  setApplicationMenu(menu) {
    applicationMenu = menu;
    did('setApplicationMenu', menu === null ? null : describe(templates.get(menu) ?? []));
  },
} satisfies Partial<typeof ElectronMenu>);

const images = new WeakMap<object, { readonly width: number; readonly height: number }>();

export const nativeImage = strict('nativeImage', {
  createFromBitmap(buffer: Buffer, { width, height }: { width: number; height: number }) {
    if (buffer.length !== width * height * 4) throw new Error('invalid buffer size');
    const image = strict('NativeImage', { isEmpty: () => width * height === 0 } satisfies Partial<NativeImage>);
    images.set(image, { width, height });
    return image as never;
  },
} satisfies Partial<typeof Electron.nativeImage>);

export function sizeOfImage(image: object): unknown {
  const size = images.get(image);
  if (size === undefined) throw new Error('This is no image of nativeImage.');
  return size;
}

let dockMenu: Template = [];

export const dock = strict('dock', {
  setMenu(menu) {
    dockMenu = templates.get(menu) ?? [];
    did('dock.setMenu', describe(dockMenu));
  },
} satisfies Partial<Dock>);

let tray: { readonly menu: Template; readonly emit: (event: string) => void } | undefined;

function createTray(image: object): object {
  sizeOfImage(image);
  const events = createEmitter('Tray', ['click']);
  const here = { menu: [] as Template, emit: (event: string) => void events.emit(event, {}) };
  tray = here;
  did('tray', 'there');
  return strict('Tray', {
    ...events.listening,
    setToolTip: (text) => did('setToolTip', text),
    setContextMenu: (menu) => void (here.menu = menu === null ? [] : (templates.get(menu) ?? [])),
    destroy() {
      tray = undefined;
      did('tray', 'gone');
    },
  } satisfies Partial<Record<keyof ElectronTray, unknown>> & Partial<Omit<ElectronTray, 'on' | 'once' | 'off'>>);
}

let notification: { readonly emit: (event: string) => void } | undefined;

function createNotification({ title, body }: NotificationConstructorOptions): object {
  const events = createEmitter('Notification', ['click', 'close', 'show']);
  const here = { emit: (event: string) => void events.emit(event, {}) };
  return strict('Notification', {
    ...events.listening,
    show() {
      notification = here;
      did('notification', { title, body });
    },
  } satisfies Partial<Record<keyof Notice, unknown>> & Partial<Omit<Notice, 'on' | 'once' | 'off'>>);
}

/** Constructible with `new`, as in Electron; returns strict objects. */
export const Tray = strict('Tray', function construct(image: object) {
  return createTray(image);
} as unknown as new (image: NativeImage) => object);

export const Notification = strict(
  'Notification',
  Object.assign(
    function construct(options: NotificationConstructorOptions) {
      return createNotification(options);
    },
    { isSupported: () => true },
  ),
);

export function click(what: 'tray' | 'notification'): void {
  const target = what === 'tray' ? tray : notification;
  if (target === undefined) throw new Error(`There is no ${what} to be clicked.`);
  target.emit('click');
}

export function choose(from: 'menu' | 'tray' | 'dock', label: string): void {
  const bar = applicationMenu === null ? [] : templates.get(applicationMenu);
  const template = { menu: bar, tray: tray?.menu, dock: dockMenu }[from];
  const item = find(template ?? [], label);
  if (item === undefined) throw new Error(`There is no “${label}” in the ${from}.`);
  if (item.enabled === false) throw new Error(`“${label}” can't be chosen now.`);
  if (item.click === undefined) throw new Error(`“${label}” does what the system does by itself.`);
  // The app uses none of Electron's arguments.
  (item.click as () => void)();
}

function find(template: Template, label: string): MenuItemConstructorOptions | undefined {
  for (const item of template) {
    const nested = Array.isArray(item.submenu) ? find(item.submenu, label) : undefined;
    if (nested !== undefined) return nested;
    if (item.label === label && item.submenu === undefined) return item;
  }
  return undefined;
}
