import { failure } from '../../domain/failure.ts';
import { fail, type Result } from '../../domain/result.ts';

/** A call from a page over its WebSocket. */
export type RpcCall = { readonly id: number; readonly name: string; readonly input: unknown };

/** `unanswerable`: it has no id, so no answer could be matched to it. */
export type ReadMessage =
  | { readonly kind: 'call'; readonly call: RpcCall }
  | { readonly kind: 'wrong'; readonly id: number; readonly result: Result<never> }
  | { readonly kind: 'unanswerable' };

/** Parses one message of a page, trusting nothing about it. */
export function readMessage(text: string): ReadMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'unanswerable' };
  }
  if (message === null || typeof message !== 'object' || !('id' in message)) return { kind: 'unanswerable' };
  const { id } = message;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) return { kind: 'unanswerable' };
  if (!('name' in message) || typeof message.name !== 'string' || message.name.length > maxNameLength) {
    const sentence = 'A call wants the name of a command.';
    return { kind: 'wrong', id, result: fail(failure('bad-input', sentence)) };
  }
  return { kind: 'call', call: { id, name: message.name, input: 'input' in message ? message.input : undefined } };
}

const maxNameLength = 100;
