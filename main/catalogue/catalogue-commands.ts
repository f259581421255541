import type { catalogueCommands } from '../contract/catalogue.ts';
import type { Handlers } from '../contract/command.ts';
import { ok } from '../domain/result.ts';
import type { CatalogueService } from './catalogue-service.ts';

export function createCatalogueCommands(catalogue: CatalogueService): Handlers<typeof catalogueCommands> {
  return {
    'catalogue.query'({ text }) {
      const { handle, totals, mistakes } = catalogue.query(text);
      return ok({
        handle,
        totals,
        mistakes: mistakes.map(({ start, end, code, message }) => ({ start, end, code, message })),
      });
    },
    'catalogue.rows': ({ handle, from, to }) => catalogue.rows(handle, from, to),
    'catalogue.release'({ handle }) {
      catalogue.release(handle);
      return ok();
    },
  };
}
