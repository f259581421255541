import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { createApp, startApp } from './app.ts';
import { connect } from './client/connect.svelte.ts';
import { startInPlace } from './host/attach.svelte.ts';

const app = createApp(connect(window), navigator.language);
const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the interface');
mount(App, { target, props: { app } });
await startInPlace(app, startApp);
