import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { createApp, startApp } from './app.ts';
import { connect } from './client/connect.svelte.ts';
import { chooseLanguage } from '../main/domain/language.ts';
import { startInPlace } from './host/attach.svelte.ts';

// The host chose the language of the texts; numbers and dates are the user's own.
const language = chooseLanguage([document.documentElement.lang]);
const app = createApp(connect(window), { language, locale: navigator.language });
const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the interface');
mount(App, { target, props: { app } });
await startInPlace(app, startApp);
