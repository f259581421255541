import type { Server } from 'node:http';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** Listens on 127.0.0.1 and returns the port; `0` lets the system choose. Fails with `busy` if it is taken. */
export function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = portProblem(error.code, port);
      if (sentence === undefined) reject(error);
      else resolve(fail(failure('busy', sentence)));
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server listens on no port.'));
      else resolve(ok(address.port));
    });
  });
}

function portProblem(code: string | undefined, port: number): string | undefined {
  const advice = 'Choose another one with --port, or leave that out.';
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program, or another Contact Sheet. ${advice}`;
  if (code === 'EACCES') return `This system does not let you use port ${port}. ${advice}`;
  return undefined;
}

/**
 * Listens on ::1 at the same port; returns whether nobody else answers there. Browsers try ::1 first for names below
 * `localhost`: if another user listened there, the browser would mistake that server for ours.
 */
export function listenOnSix(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // Without IPv6, nobody can listen there.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host: '::1', ipv6Only: true }, () => resolve(true));
  });
}

/** Accepts no more connections; resolves when the last one is closed, or at once if the server never listened. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
