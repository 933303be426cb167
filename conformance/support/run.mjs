// `npm test`: node's own runner over tests/*.test.mjs, or over those whose names begin with the words given.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const files = readdirSync('tests')
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))
  .map((name) => `tests/${name}`);
if (files.length === 0) {
  console.error(`no test file is called ${wanted.join(' or ')}`);
  process.exit(1);
}
// Two at once: each may hold a browser. The limit is for a whole file, on a machine that has more to do.
const args = ['--test', '--test-concurrency=2', '--test-timeout=300000', '--test-reporter=./support/reporter.mjs', '--test-reporter-destination=stdout'];
spawn(process.execPath, [...args, ...files], { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
