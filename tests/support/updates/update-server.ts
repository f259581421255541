import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { signText } from '../../../build/packaging/release-statement.mjs';
import { closeServer, listenOn } from '../../../main/features/sample/server/sample-server.ts';

export type Published = {
  readonly version: string;
  readonly content: string;
  /** What arrives, where that is not the content that was published. */
  readonly delivered?: string;
  readonly notes?: string;
  /** What the signed statement says, where it is not the truth. */
  readonly stated?: { readonly version?: string; readonly content?: string };
  readonly key?: KeyObject;
};

const owner = generateKeyPairSync('ed25519');
/** As the app knows it. */
export const ownerKey = owner.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** A folder of releases behind HTTP, as `npm run package` and sign-release.mjs fill it. */
export async function openUpdateServer() {
  const files = new Map<string, string>();
  const asked: string[] = [];
  let held: Promise<unknown> | undefined;
  const server = createServer((incoming, response) => {
    const name = decodeURIComponent(new URL(incoming.url ?? '/', 'http://localhost').pathname.slice(1));
    asked.push(name);
    const body = files.get(name);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Length': Buffer.byteLength(body ?? 'not here') });
    if (body === undefined || held === undefined || !name.endsWith('.AppImage')) {
      response.end(body ?? 'not here');
      return;
    }
    const half = body.length / 2;
    response.write(body.slice(0, half));
    void held.then(() => response.end(body.slice(half)));
  });
  const port = await listenOn(server, 0);
  onTestFinished(() => closeServer(server));
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    /** From now on half of a package comes, and the rest when what is returned is called. */
    hold(): () => void {
      const rest = Promise.withResolvers<undefined>();
      held = rest.promise;
      return () => rest.resolve(undefined);
    },
    close: () => closeServer(server),
    publish({ version, content, delivered = content, notes = '', stated = {}, key = owner.privateKey }: Published) {
      const name = `contact-sheet-${version}-linux-x86_64.AppImage`;
      const channel = process.arch === 'arm64' ? 'latest-linux-arm64.yml' : 'latest-linux.yml';
      const sha512 = sha512Of(content);
      const listed = `files:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${content.length}\n`;
      files.set(
        channel,
        `version: ${version}\n${listed}path: ${name}\nsha512: ${sha512}\nreleaseNotes: ${JSON.stringify(notes)}\n`,
      );
      files.set(name, delivered);
      const said = stated.content ?? content;
      const statement = {
        version: stated.version ?? version,
        files: [{ name, size: said.length, sha512: sha512Of(said) }],
      };
      const text = JSON.stringify(statement);
      files.set('release.json', text);
      files.set('release.json.sig', signText(text, key));
      return name;
    },
  };
}

function sha512Of(content: string): string {
  return createHash('sha512').update(content).digest('base64');
}
