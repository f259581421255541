/** Takes text as it comes from a pipe, and calls `receive` with each line that is whole. */
export function splitLines(receive: (line: string) => void): (text: string) => void {
  let received = '';
  return (text) => {
    const lines = (received + text).split('\n');
    received = lines.pop() ?? '';
    for (const line of lines) receive(line);
  };
}
