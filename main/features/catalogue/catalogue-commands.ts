import type { catalogueCommands } from '../../contract/commands/catalogue.ts';
import type { Handlers } from '../../contract/command.ts';
import { ok } from '../../domain/result.ts';
import type { CatalogueService } from './catalogue-service.ts';

export function createCatalogueCommands(catalogue: CatalogueService): Handlers<typeof catalogueCommands> {
  return {
    async 'catalogue.query'({ text, take, counts: asked }) {
      const found = await catalogue.query(text, take, asked);
      if (!found.ok) return found;
      const { handle, totals, mistakes, rows, counts } = found.value;
      return ok({
        handle,
        totals,
        rows,
        counts,
        mistakes: mistakes.map(({ start, end, code, message }) => ({ start, end, code, message })),
      });
    },
    'catalogue.rows': ({ handle, from, to }) => catalogue.rows(handle, from, to),
    'catalogue.newest': ({ limit }) => ok(catalogue.newest(limit)),
    'catalogue.image': (key) => ok(catalogue.image(key)),
    'catalogue.position': ({ handle, image }) => catalogue.position(handle, image),
    async 'catalogue.scale'({ handle, steps }) {
      const scale = await catalogue.scale(handle, steps);
      return scale.ok ? ok({ ...scale.value, marks: [...scale.value.marks] }) : scale;
    },
    'catalogue.release'({ handle }) {
      catalogue.release(handle);
      return ok();
    },
    'catalogue.counts': ({ handle, ...asked }) => catalogue.counts(asked, handle),
    'selection.change': (change) => catalogue.select(change),
    'selection.measure': ({ selection }) => catalogue.measure(selection),
    'selection.rows': ({ selection, limit }) => catalogue.first(selection, limit),
    'selection.marks': ({ handle, selection, ...range }) => catalogue.marks(handle, range, selection),
    'selection.release'({ selection, mayReturn }) {
      catalogue.releaseSelection(selection, mayReturn);
      return ok();
    },
  };
}
