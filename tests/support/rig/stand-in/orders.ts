import type { RigOrder } from '../messages.ts';
import { app, appEvents } from './app.ts';
import { choose, click } from './desktop.ts';
import { answerDialog } from './dialog.ts';
import { rig } from './rig.ts';
import { changeScreens, powerEvents } from './system.ts';
import { closeWindows, tellPages } from './window.ts';

/** Performs an action of the user or the system. */
export function obey(order: RigOrder): void {
  switch (order.kind) {
    case 'quit':
      return app.quit();
    case 'close-window':
      return closeWindows();
    case 'focus':
      rig.isFocused = order.isFocused;
      return;
    case 'answer':
      return answerDialog(order);
    case 'choose':
      return choose(order.from, order.label);
    case 'click':
      return click(order.what);
    case 'screens':
      return changeScreens(order.screens);
    case 'open-url':
      appEvents.allows('open-url', {}, order.address);
      return;
    case 'open-file':
      appEvents.allows('open-file', {}, order.path);
      return;
    case 'page':
      return tellPages(order.what);
    case 'shutdown':
      powerEvents.allows('shutdown');
      return;
  }
}
