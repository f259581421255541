/** Selects the files of the app; electron-builder adds the libraries, filtered by these patterns. */
export const packedFiles = [
  'package.json',
  'dist/electron/**/*',
  'dist/interface/**/*',
  '!**/*.{map,md,markdown,txt,ts,mts,cts,cc,c,cpp,h,hpp,gyp,gypi,sh,flow,yml,yaml,bnf,lock,tsbuildinfo}',
  '!**/{.*,*.config.js,*.config.mjs,Makefile}',
  '!**/node_modules/**/{test,tests,__tests__,spec,example,examples,doc,docs,bench,benchmark,benchmarks,coverage}/**',
  '!**/node_modules/sharp/{src,install,lib}/**',
  '!**/node_modules/**/*.html',
  '!**/node_modules/.bin/**',
];

/** Native code and WebAssembly can't be loaded from inside an archive. */
export const unpackedFiles = ['**/node_modules/@img/sharp-*/**', '**/node_modules/@napi-rs/**', '**/*.node'];

const packed = [
  /^package\.json$/u,
  /^dist\/electron\/[\w-]+\.(?:js|cjs)$/u,
  /^dist\/interface\/(?:index\.html|[\w-]+\.svg|assets\/[\w.-]+\.(?:js|css|svg|woff2|png|webp))$/u,
];
const library =
  /^node_modules\/(?:.+\/)?node_modules\/(?<inner>(?:@[^/]+\/)?[^/]+)\/|^node_modules\/(?<outer>(?:@[^/]+\/)?[^/]+)\//u;
const libraryFile =
  /\.(?:js|cjs|mjs|json|node|wasm|dll|dylib|so(?:\.[\d.]+)?)$|(?:^|\/)(?:licen[cs]e|copying|notice|third-party-notices)[^/]*$/iu;
const testOrSource =
  /(?:^|\/)(?:tests?|__tests__|spec|examples?|docs?|benchmarks?)\/|\.(?:test|spec)\.|\.(?:ts|map|mts|cts)$/u;
const native = /\.(?:node|dll|dylib|so(?:\.[\d.]+)?)$/u;

/**
 * Lists the unexpected files of an app: files that no rule allows, packages that aren't among its libraries, native
 * code for other systems.
 * @param {readonly string[]} files with slashes, without a leading one
 * @param {{ packages: ReadonlySet<string>, platform: string, archs: readonly string[] }} allowed names of the libraries
 * @returns {string[]} one line per file
 */
export function strangers(files, { packages, platform, archs }) {
  return files.flatMap((file) => {
    if (packed.some((pattern) => pattern.test(file))) return [];
    const groups = library.exec(file)?.groups;
    const name = groups?.['inner'] ?? groups?.['outer'];
    if (name === undefined) return [`${file}  is not of the app`];
    if (!packages.has(name)) return [`${file}  is of ${name}, which the app does not import`];
    if (testOrSource.test(file) || !libraryFile.test(file)) return [`${file}  is a test, a source or a note`];
    const suits = archs.some((arch) => file.includes(`${platform}-${arch}`));
    return native.test(file) && !suits ? [`${file}  is native code of another system`] : [];
  });
}
