import type { Component } from 'svelte';
import type { MessageKey } from '../../main/messages/messages.ts';
import type { Shortcut } from './shortcut.ts';

export type Icon = Component<{ size?: number | string; 'aria-hidden'?: boolean }>;

/** Everything that can be done, once: buttons, keys, menus and the palette come from it. */
export type Action = {
  readonly label: MessageKey;
  readonly icon: Icon;
  readonly shortcut?: Shortcut;
  /** Another way, for fingers that know it from elsewhere; shown nowhere but in the list of shortcuts. */
  readonly alsoBy?: Shortcut;
  /** Read where it is shown, so that it is as current as what it depends on. */
  readonly isPossible: () => boolean;
  /** Whether it is switched on, for those that switch. */
  readonly isOn?: () => boolean;
  readonly run: () => void;
};
