import { createContext } from 'svelte';
import type { App } from './app.ts';

/** What every component reaches: made once in main.ts, handed down. */
export const [useApp, provideApp] = createContext<App>();
