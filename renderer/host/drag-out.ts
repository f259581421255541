import type { ImageRow } from '../../main/contract/catalogue.ts';
import type { DragPicture } from '../../main/contract/host.ts';
import { dragPicturePx } from '../../main/domain/drag-picture.ts';
import type { AppParts } from '../app-parts.ts';
import { hostOf } from './host.ts';

/** Whether an image has a saved copy that could be dragged into another program. */
export function canDragOut({ isBrowser }: Pick<AppParts['door'], 'isBrowser'>, row: ImageRow | undefined): boolean {
  return !isBrowser && row !== undefined && row.downloaded !== null;
}

/** Drags the saved copy of an image out of the window; the system's own drag takes the place of the page's. */
export function dragOut(event: DragEvent, { door, notices }: Pick<AppParts, 'door' | 'notices'>, row: ImageRow): void {
  const host = hostOf(door);
  if (host === undefined) return;
  event.preventDefault();
  const shown = event.currentTarget instanceof Element ? event.currentTarget.querySelector('img') : null;
  const image = { accountId: row.accountId, id: row.id };
  void host('host.dragOut', { image, picture: shown === null ? null : drawSmall(shown) }).then((dragged) => {
    if (!dragged.ok) notices.failed(dragged.error);
  });
}

/** The pixels of a picture that is in sight; null where it has not come yet. */
function drawSmall(image: HTMLImageElement): DragPicture | null {
  const longest = Math.max(image.naturalWidth, image.naturalHeight);
  if (longest === 0) return null;
  const scale = Math.min(1, dragPicturePx / longest);
  const width = Math.max(1, Math.round(image.naturalWidth * scale));
  const height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  if (context === null) return null;
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, pixels: btoa(Array.from(data, (value) => String.fromCharCode(value)).join('')) };
}
