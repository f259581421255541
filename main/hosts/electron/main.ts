import { createPage } from '../page/page.ts';
import { startApp } from './start.ts';

startApp(({ openPicture, theme }, interfaceFolder) => createPage({ interfaceFolder, openPicture, theme }));
