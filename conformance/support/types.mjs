// `npm run types`: runs the TypeScript compiler on each folder of types/ with a tsconfig.json.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const projects = existsSync('types/tsconfig.json') ? ['types'] : [];
for (const entry of existsSync('types') ? readdirSync('types', { withFileTypes: true }) : []) {
  if (entry.isDirectory() && existsSync(join('types', entry.name, 'tsconfig.json'))) projects.push(join('types', entry.name));
}
if (projects.length === 0) throw new Error('there is no project in types/');
let failed = 0;
for (const project of projects) {
  console.log(`tsc -p ${project}`);
  const { status } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '--pretty', 'false', '-p', project], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
console.log(`test result: ${failed ? 'FAILED' : 'ok'}. ${projects.length - failed} passed; ${failed} failed; types`);
process.exit(failed ? 1 : 0);
