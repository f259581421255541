import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { signText } from '../../../build/packaging/release-statement.mjs';
import { closeServer, listenOn } from '../../../main/features/sample/server/sample-server.ts';

export type Published = {
  readonly version: string;
  readonly content: string;
  /** The delivered content, if it differs from the published one. */
  readonly delivered?: string;
  readonly notes?: string;
  /** The signed statement, if it differs from the truth. */
  readonly stated?: { readonly version?: string; readonly content?: string };
  readonly key?: KeyObject;
};

const owner = generateKeyPairSync('ed25519');
/** The public key in the app's format. */
export const ownerKey = owner.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** Serves a folder of releases over HTTP, as created by `npm run package` and sign-release.mjs. */
export async function openUpdateServer() {
  const files = new Map<string, string>();
  const requestedNames: string[] = [];
  let restSent: Promise<unknown> | undefined;
  const server = createServer((incoming, response) => {
    const name = decodeURIComponent(new URL(incoming.url ?? '/', 'http://localhost').pathname.slice(1));
    requestedNames.push(name);
    const body = files.get(name);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Length': Buffer.byteLength(body ?? 'not here') });
    if (body === undefined || restSent === undefined || !name.endsWith('.AppImage')) {
      response.end(body ?? 'not here');
      return;
    }
    const half = body.length / 2;
    response.write(body.slice(0, half));
    void restSent.then(() => response.end(body.slice(half)));
  });
  const port = await listenOn(server, 0);
  onTestFinished(() => closeServer(server));
  return {
    url: `http://127.0.0.1:${port}/`,
    asked: requestedNames,
    /** From now on sends only half of a package, and the rest when the returned function is called. */
    hold(): () => void {
      const rest = Promise.withResolvers<undefined>();
      restSent = rest.promise;
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
      const statedContent = stated.content ?? content;
      const statement = {
        version: stated.version ?? version,
        files: [{ name, size: statedContent.length, sha512: sha512Of(statedContent) }],
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
