import { createPage } from '../shared/page/page.ts';
import { startApp } from './app/start.ts';

startApp(({ openPicture, theme }, { folder, languages }) =>
  createPage({ interfaceFolder: folder, openPicture, theme, languages: () => languages }),
);
