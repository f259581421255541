#!/usr/bin/env node
// The installed command runs the built program; in the repository it runs the source.
import { existsSync } from 'node:fs';

const built = new URL('../dist/contact-sheet.js', import.meta.url);
const source = new URL('../build/cli.mjs', import.meta.url);

// npm sets INIT_CWD for its scripts; this command starts in the process's own folder.
delete process.env['INIT_CWD'];

if (existsSync(source)) {
  await import(source.href);
} else if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(
    `Contact Sheet needs Node 24 or newer, and this is Node ${process.versions.node}: install Node 24 from https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  await import(built.href);
}
