import { z } from 'zod';
import { dragImagePx } from '../../domain/image/drag-image.ts';
import { longestQuery } from '../../domain/query/parse/parse-query.ts';
import { sortKeys } from '../../domain/query/query-tree.ts';
import { command, type Call } from '../command.ts';
import { Count, Nothing, Path } from '../common.ts';
import { ImageKeySchema, SelectionHandleSchema } from '../selection.ts';

const Label = z.string().min(1).max(200);
/** Such as `Mod+Shift+A`; shown beside the entry, never registered: the page listens for it. */
const Shortcut = z.string().min(1).max(40);
const ActionId = z.string().regex(/^[a-z][\w:.-]{0,60}$/i, 'wants the id of an action');

/** What the system itself does, in its own way. */
const menuRoles = [
  ...(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'minimize', 'close', 'togglefullscreen', 'quit'] as const),
  ...(['about', 'hide', 'hideOthers', 'unhide', 'front'] as const),
] as const;

export const MenuEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('action'),
    id: ActionId,
    label: Label,
    shortcut: Shortcut.nullable().default(null),
    isPossible: z.boolean(),
    /** null where it switches nothing. */
    isOn: z.boolean().nullable().default(null),
  }),
  z.object({ kind: z.literal('role'), role: z.enum(menuRoles), label: Label }),
  z.object({ kind: z.literal('separator') }),
]);
export type MenuEntry = z.output<typeof MenuEntry>;

/** Which of them are the system's own window and help menu, as a Mac has them. */
export const MenuDescription = z.object({
  label: Label,
  role: z.enum(['window', 'help']).nullable().default(null),
  entries: z.array(MenuEntry).max(60),
});
export type MenuDescription = z.output<typeof MenuDescription>;

/** What the user asked for outside of the page: an entry of the menu, a link of ours. */
export const MenuRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('action'), id: z.string() }),
  z.object({ kind: z.literal('search'), query: z.string() }),
]);
export type MenuRequest = z.output<typeof MenuRequest>;

/** Where a page stood, for the one that takes its place. */
export const ViewState = z.object({
  text: z.string().max(longestQuery),
  /** The query that the sidebar narrows the text to. */
  scope: z.string().max(longestQuery),
  order: z.object({ key: z.enum(sortKeys), descending: z.boolean() }).nullable(),
  /** The image at the top left of the view, and the one that the keyboard stands on. */
  first: ImageKeySchema.nullable(),
  active: ImageKeySchema.nullable(),
  selection: SelectionHandleSchema.nullable(),
});
export type ViewState = z.output<typeof ViewState>;

const Edge = z.int().min(1).max(dragImagePx);

/** What is seen under the pointer: `pixels` are RGBA in base64, so that no host needs a decoder for what a page says. */
export const DragImage = z.object({
  width: Edge,
  height: Edge,
  pixels: z.base64().max(4 * Math.ceil((dragImagePx ** 2 * 4) / 3)),
});
export type DragImage = z.output<typeof DragImage>;

/** What only a window of the desktop app can do; every other host answers `not-here`. */
export const hostCommands = {
  /** The menu bar, in the page's language. */
  'host.menu': command(z.object({ menus: z.array(MenuDescription).max(12) }), Nothing),
  /** Takes what was wished for since the last time; the event `wishes` says that there is something. */
  'host.wishes': command(z.object({}), z.array(MenuRequest)),
  /** Keeps where the page stands, in memory, until the app ends. */
  'host.remember': command(ViewState, Nothing),
  'host.recall': command(z.object({}), ViewState.nullable()),
  /** The system's own dialog; null where it was cancelled. */
  'host.chooseFolder': command(z.object({ from: Path.nullable().default(null) }), z.string().nullable()),
  /** Shows the newest saved copy of an image in its folder. */
  'host.reveal': command(ImageKeySchema, Nothing),
  /** Opens the newest saved copy with the system's program for it; pictures only. */
  'host.openFile': command(ImageKeySchema, Nothing),
  /**
   * Begins to drag the newest saved copy out of the window, and with `selection` those of its images too; the mouse
   * button is down. `left`: how many images of the selection are not dragged, as they have no saved copy or are too many.
   */
  'host.dragOut': command(
    z.object({
      image: ImageKeySchema,
      selection: SelectionHandleSchema.nullable().default(null),
      picture: DragImage.nullable().default(null),
    }),
    z.object({ dragged: Count, left: Count }),
  ),
  /** Opens an image's address in the browser, after asking; https only. False where the user did not want to. */
  'host.openAddress': command(ImageKeySchema, z.boolean()),
  /** Opens one of the recent destinations, counted from the newest. */
  'host.openDestination': command(z.object({ index: Count }), Nothing),
  /** Shows the folder of the log, which also says why something crashed. */
  'host.showLog': command(z.object({}), Nothing),
  /** null where this system can't. With `change` it is set first. */
  'host.openAtLogin': command(z.object({ change: z.boolean().optional() }), z.boolean().nullable()),
};
export type HostCommands = typeof hostCommands;
export type HostClient = Call<HostCommands>;
