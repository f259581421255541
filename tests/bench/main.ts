/** npm run bench -- search [--rows 1000000] [--json]: prints figures, and never fails because of them. */
import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { judge, printFigures } from './figures.ts';
import { benchHost } from './host-bench.ts';
import { benchPlan } from './plan-bench.ts';
import { benchSearch } from './search-bench.ts';
import { benchSync } from './sync-bench.ts';
import { benchWindow } from './window-bench.ts';

const benches = {
  search: benchSearch,
  sync: benchSync,
  window: benchWindow,
  plan: benchPlan,
  host: benchHost,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '100000,1000000' }, json: { type: 'boolean', default: false } },
});
const selected = Object.entries(benches).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const results = [];
for (const [name, bench] of selected) {
  for (const rows of values.rows.split(',').map(Number)) {
    const figures = await bench(rows);
    results.push({ bench: name, rows, figures: figures.map(judge) });
    if (!values.json) process.stdout.write(`${printFigures(`${name}, ${rows} rows`, figures)}\n\n`);
  }
}
const machine = { processor: cpus()[0]?.model ?? '', cores: availableParallelism(), node: process.version };
if (values.json) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
