import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOn } from '../../../main/features/sample/server/sample-server.ts';
import type { CallSettings } from './call-answer.ts';
import { entriesOf, runControl, type ControlCommand, type LibraryChoice } from './control.ts';
import { startFakeApi } from './fake-api.ts';

/**
 * Runs the fake API as a process: `node serve.ts '{"library": {"kind": "documented"}}'`. Prints one line of JSON,
 * `{origin, otherOrigin, control}`; accepts control commands by POST to `control`; ends when its standard input does.
 */
export type ServeSettings = Omit<CallSettings, 'now'> & { readonly library?: LibraryChoice; readonly port?: number };

const { library, ...settings } = JSON.parse(process.argv[2] ?? '{}') as ServeSettings;
const entries = library?.kind === 'documented' ? 'documented' : library && entriesOf(library);
const api = await startFakeApi({ ...settings, ...(entries && { library: entries }) });

const control = createServer((request, response) => {
  text(request)
    .then((body) => {
      const result = runControl(api, JSON.parse(body) as ControlCommand) ?? null;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    })
    .catch((error: unknown) => response.writeHead(400).end(String(error)));
});
const controlPort = await listenOn(control, 0);
const addresses = { origin: api.origin, otherOrigin: api.otherOrigin, control: `http://127.0.0.1:${controlPort}/` };
process.stdout.write(`${JSON.stringify(addresses)}\n`);

process.stdin.resume().once('end', () => {
  void Promise.all([api.close(), closeServer(control)]).then(() => process.exit(0));
});
