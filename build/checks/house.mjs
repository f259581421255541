import { root } from '../bootstrap/paths.mjs';
import { breaches } from './house-rules.mjs';
import { sourceFiles } from './source-files.mjs';

const files = sourceFiles(root);
const found = breaches(files);
for (const breach of found) console.log(breach);
console.log(`${files.length} files, ${found.length} breaches`);
process.exitCode = found.length === 0 && files.length > 0 ? 0 : 1;
