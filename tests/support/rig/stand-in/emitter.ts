import { EventEmitter } from 'node:events';

/** Creates an emitter that accepts only known events: listeners for others would wait in vain. */
export function createEmitter(name: string, known: readonly string[]) {
  const emitter = new EventEmitter();
  const checked = (event: string) => {
    if (!known.includes(event)) throw new Error(`The rig does not know the event “${event}” of ${name}.`);
    return event;
  };
  type Listen = (event: string, listener: Parameters<EventEmitter['on']>[1]) => never;
  const wrap = (method: 'on' | 'once' | 'off') =>
    ((event, listener) => emitter[method](checked(event), listener) as never) satisfies Listen;
  return {
    listening: { on: wrap('on'), once: wrap('once'), off: wrap('off') },
    emit: (event: string, ...args: readonly unknown[]) => emitter.emit(checked(event), ...args),
    /** Emits a preventable event; returns whether no listener prevented it. */
    allows(event: string, details: object = {}, ...args: readonly unknown[]): boolean {
      let prevented = false;
      const preventable = { ...details, preventDefault: () => void (prevented = true) };
      emitter.emit(checked(event), preventable, ...args);
      return !prevented;
    },
    count: (event: string) => emitter.listenerCount(event),
  };
}
