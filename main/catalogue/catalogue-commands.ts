import type { catalogueCommands } from '../contract/catalogue.ts';
import type { Handlers } from '../contract/command.ts';
import { ok } from '../domain/result.ts';
import type { CatalogueService } from './catalogue-service.ts';

export function createCatalogueCommands(catalogue: CatalogueService): Handlers<typeof catalogueCommands> {
  return {
    async 'catalogue.query'({ text }) {
      const { handle, totals, mistakes } = await catalogue.query(text);
      return ok({
        handle,
        totals,
        mistakes: mistakes.map(({ start, end, code, message }) => ({ start, end, code, message })),
      });
    },
    'catalogue.count': async ({ texts }) => ok(await catalogue.count(texts)),
    'catalogue.rows': ({ handle, from, to }) => catalogue.rows(handle, from, to),
    'catalogue.image': (key) => ok(catalogue.image(key)),
    'catalogue.position': ({ handle, image }) => catalogue.position(handle, image),
    'catalogue.release'({ handle }) {
      catalogue.release(handle);
      return ok();
    },
    'selection.measure': async ({ selection }) => ok(await catalogue.measure(selection)),
    'selection.marks': ({ handle, selection, ...range }) => catalogue.marks(handle, range, selection),
  };
}
