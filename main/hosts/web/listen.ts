import type { Server } from 'node:http';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** Listens on 127.0.0.1; fails with `busy` where the port is taken. Returns the port, which `0` leaves to the system. */
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
 * `localhost`: if another user listened there, the browser would take that for us.
 */
export function listenOnSix(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // Where there is no IPv6, nobody can listen there.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host: '::1', ipv6Only: true }, () => resolve(true));
  });
}

/** Takes no more connections; resolves when the last one is closed. One that does not listen is closed already. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
