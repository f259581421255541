import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { readArguments } from '../../../main/hosts/electron/app/start-arguments.ts';
import { receiveLaunchRequests } from '../../../main/hosts/electron/app/second-instance.ts';

test('whoever comes while the core is being opened waits, in order, and is served then', () => {
  const app = new EventEmitter();
  const arrivals = receiveLaunchRequests(app as never, readArguments);
  const prevented: string[] = [];
  const event = (name: string) => ({ preventDefault: () => void prevented.push(name) });
  app.emit('second-instance', {}, ['contact-sheet://search?q=one']);
  app.emit('open-url', event('two'), 'contact-sheet://search?q=two');
  app.emit('activate');
  app.emit('open-file', event('three'), 'Pictures');
  const seen: string[] = [];
  arrivals.serve({
    search: (query) => void seen.push(String(query)),
    bringForward: () => void seen.push('forward'),
    openRecent: (path) => void seen.push(path),
  });
  expect(seen).toEqual(['one', 'forward', 'two', 'forward', 'forward', 'Pictures']);
  app.emit('second-instance', {}, []);
  expect(seen.slice(6)).toEqual(['undefined', 'forward']);
  expect(prevented).toEqual(['two', 'three']);
});
