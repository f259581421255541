/**
 * Loads sharp's library for as long as the process lives; where it can't be loaded, whoever makes pictures says so. What
 * a thread alone loaded would be unloaded at that thread's end, under the feet of the library's own threads: so the
 * first thread loads it before one is started that makes pictures.
 */
export async function holdSharp(): Promise<void> {
  await import('sharp').catch(() => undefined);
}
