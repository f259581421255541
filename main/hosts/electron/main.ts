import { join } from 'node:path';
import { createPage } from '../page/page.ts';
import { startApp } from './start.ts';

startApp((core) =>
  createPage({
    interfaceFolder: join(import.meta.dirname, '..', 'interface'),
    openPicture: core.openPicture,
    theme: () => 'system',
  }),
);
