import type { Handlers } from '../../contract/command.ts';
import type { thumbnailCommands } from '../../contract/commands/thumbnails.ts';
import { ok } from '../../domain/result.ts';
import type { Thumbnails } from './thumbnail-service.ts';

export function createThumbnailCommands(thumbnails: Thumbnails): Handlers<typeof thumbnailCommands> {
  return {
    'thumbnails.explain': (key) => ok(thumbnails.explain(key)),
    'thumbnails.retry'(key) {
      thumbnails.retry(key);
      return ok();
    },
    'thumbnails.usage': async () => ok(await thumbnails.usage()),
    async 'thumbnails.clear'() {
      await thumbnails.clear();
      return ok();
    },
  };
}
