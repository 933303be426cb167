// `npm test`: runs tests/*.test.mjs with Node's runner, or only files whose names start with one of the arguments.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';

const prefixes = process.argv.slice(2);
const files = readdirSync('tests')
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix)))
  .map((name) => `tests/${name}`);
if (files.length === 0) {
  console.error(`no test file starts with ${prefixes.join(' or ')}`);
  process.exit(1);
}
// Two files at once, because each may run a browser. The timeout is for a whole file on a busy computer.
const args = ['--test', '--test-concurrency=2', '--test-timeout=600000', '--test-reporter=./support/reporter.mjs', '--test-reporter-destination=stdout'];
spawn(process.execPath, [...args, ...files], { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
