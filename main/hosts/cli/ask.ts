import type { ReadStream } from 'node:tty';

type Terminal = {
  readonly input: NodeJS.ReadStream;
  readonly error: NodeJS.WriteStream;
};

const maxLength = 10_000;

/** Reads all of standard input; undefined if that is a terminal, so that nobody waits in vain. */
export async function readPiped(input: NodeJS.ReadStream): Promise<string | undefined> {
  if (input.isTTY) return undefined;
  let text = '';
  for await (const chunk of input.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > maxLength) break;
  }
  return text;
}

/** Asks on a terminal without echo; undefined without a terminal, or on Ctrl+C and Ctrl+D. */
export function askHidden(question: string, { input, error }: Terminal): Promise<string | undefined> {
  if (!input.isTTY) return Promise.resolve(undefined);
  const terminal: ReadStream = input;
  error.write(question);
  terminal.setRawMode(true);
  terminal.setEncoding('utf8');
  terminal.resume();
  return new Promise((resolve) => {
    let typed = '';
    const finish = (answer: string | undefined) => {
      terminal.off('data', read);
      terminal.setRawMode(false);
      terminal.pause();
      error.write('\n');
      resolve(answer);
    };
    const read = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return finish(typed);
        if (character === '\u0003' || character === '\u0004') return finish(undefined);
        if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else if (character >= ' ' && typed.length < maxLength) typed += character;
      }
    };
    terminal.on('data', read);
  });
}
