/** What this page alone holds, beside the cookie: `door` opens the WebSocket, `pictures` goes into their addresses. */
export type PageKey = { readonly door: string; readonly pictures: string };

type Page = Pick<Window, 'location' | 'history' | 'localStorage'>;

const name = 'contact-sheet-key';

/**
 * Takes the key out of the address that the host led this page to, and keeps it for the next page of this origin; other
 * ports can't read it there. Returns undefined where neither holds one.
 */
export function takePageKey(page: Page): PageKey | undefined {
  const { hash, pathname, search } = page.location;
  const given = /^#key=([\w-]+\.[\w-]+)$/.exec(hash)?.[1];
  if (given !== undefined) {
    page.history.replaceState(page.history.state, '', pathname + search);
    withStorage(page, (storage) => storage.setItem(name, given));
  }
  const [door = '', pictures = ''] = (given ?? withStorage(page, (storage) => storage.getItem(name)) ?? '').split('.');
  return door === '' || pictures === '' ? undefined : { door, pictures };
}

/** A browser can be set to keep nothing: then the key is good until this page goes. */
function withStorage<T>(page: Page, act: (storage: Storage) => T): T | undefined {
  try {
    return act(page.localStorage);
  } catch {
    return undefined;
  }
}
