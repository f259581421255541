import type { ImageRow } from '../../main/contract/commands/catalogue.ts';
import type { DragImage } from '../../main/contract/commands/host.ts';
import { dragImagePx } from '../../main/domain/image/drag-image.ts';
import type { AppDeps } from '../app-deps.ts';
import { hostOf } from './host.ts';

/** Whether an image has a saved copy that could be dragged into another program. */
export function canDragOut({ isBrowser }: Pick<AppDeps['door'], 'isBrowser'>, row: ImageRow | undefined): boolean {
  return !isBrowser && row !== undefined && row.downloaded !== null;
}

/**
 * Drags the saved copy of an image out of the window, and where it is `chosen` those of the whole selection; the
 * system's own drag takes the place of the page's.
 */
export function dragOut(event: DragEvent, app: DragParts, row: ImageRow, isChosen: boolean): void {
  const { door, notices, chosen, translate, format } = app;
  const host = hostOf(door);
  if (host === undefined) return;
  event.preventDefault();
  const shown = event.currentTarget instanceof Element ? event.currentTarget.querySelector('img') : null;
  const image = { accountId: row.accountId, id: row.id };
  const selection = isChosen && chosen.totals.count > 1 ? chosen.selection : null;
  void host('host.dragOut', { image, selection, picture: shown === null ? null : drawSmall(shown) }).then((done) => {
    if (!done.ok) return notices.failed(done.error);
    const { dragged, left } = done.value;
    const numbers = { dragged, left, leftText: format.count(left) };
    if (left > 0) notices.say('good', translate('drag.left', numbers));
  });
}

type DragParts = Pick<AppDeps, 'door' | 'notices' | 'chosen' | 'translate' | 'format'>;

/** The pixels of a picture that is in sight; null where it has not come yet. */
function drawSmall(image: HTMLImageElement): DragImage | null {
  const longest = Math.max(image.naturalWidth, image.naturalHeight);
  if (longest === 0) return null;
  const scale = Math.min(1, dragImagePx / longest);
  const width = Math.max(1, Math.round(image.naturalWidth * scale));
  const height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  if (context === null) return null;
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, pixels: btoa(Array.from(data, (value) => String.fromCharCode(value)).join('')) };
}
