// npm run check [-- NAME…]: runs the static checks.
import { prepare } from './bootstrap/prepare.mjs';
import { allChecks, describeCheck, runChecks } from './checks/checks.mjs';

await prepare(import.meta.url);
const names = process.argv.slice(2);
const checks = allChecks().filter((check) => names.length === 0 || names.includes(check.name));
const unknown = names.filter((name) => allChecks().every((check) => check.name !== name));

const results = await runChecks(checks, (result) => console.log(describeCheck(result)));
const failed = results.filter((result) => !result.passed).map((result) => result.name);
if (unknown.length > 0) {
  console.log(
    `No such check: ${unknown.join(', ')}. There are: ${allChecks()
      .map((check) => check.name)
      .join(', ')}.`,
  );
}
console.log(
  `${results.length - failed.length} of ${results.length} checks passed${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`,
);
process.exitCode = failed.length === 0 && unknown.length === 0 ? 0 : 1;
