// Answers as TypeScript sees them: each is written down as a literal of the type Stripe's package declares, so that the
// compiler complains about a member that is missing, of another type, or not declared at all.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = "import type Stripe from './stripe/stripe.esm.node.js';\nimport type * as Browser from '@stripe/stripe-js';\n";
const OPEN = 'type OtherString = string & Record<never, never>;';

// The SDK's declarations with their enumerations closed: as published each takes any word, for words of the future.
function closeEnumerations(folder) {
  cpSync('node_modules/stripe/esm', folder, { recursive: true, filter: (path) => !/\.(js|map)$/.test(path) });
  const file = join(folder, 'shared.d.ts');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(OPEN)) throw new Error('the SDK leaves its enumerations open in another way now; see shared.d.ts');
  writeFileSync(file, text.replace(OPEN, 'type OtherString = never;'));
}

const CONFIG = {
  compilerOptions: {
    strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler',
    skipLibCheck: true, types: ['node'],
  },
  include: ['*.ts'],
};

// A literal whose words stay the words they are when it has a name of its own.
function lasting(value) {
  if (typeof value === 'string') return `${JSON.stringify(value)} as const`;
  if (Array.isArray(value)) return `[${value.map(lasting).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{\n${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${lasting(inner)}`).join(',\n')}\n}`;
}

// An answer as a literal: exactly the members that are declared. `more`: others may come beside them, as Stripe's own
// script hands on more than its package declares.
const written = ({ type, value, more }) => {
  const literal = JSON.stringify(value, null, 1);
  return more
    ? `const whole = ${lasting(value)};\nexport const it: ${type} = whole;\n`
    : `export const it: ${type} = ${literal};\n`;
};

// What the compiler says of `shapes`, `[{ name, type, value, more? }]`: for each name its complaints, none when it fits.
export function judge(label, shapes) {
  const folder = join('made', label);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  closeEnumerations(join(folder, 'stripe'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  const complaints = new Map(shapes.map(({ name }) => [name, []]));
  for (const shape of shapes) writeFileSync(join(folder, `${shape.name}.ts`), `${HEAD}${written(shape)}`);
  const { stdout, status } = spawnSync('node_modules/.bin/tsc', ['--pretty', 'false', '-p', folder], { encoding: 'utf8' });
  let last;
  for (const line of stdout.split('\n')) {
    const found = line.match(/([\w-]+)\.ts\(\d+,\d+\): error (.*)/);
    if (found) last = complaints.get(found[1]);
    if (last && line.trim()) last.push((found ? found[2] : line.trim()).replace(/'\{ .{40,}?(\.\.\.|; \})'/g, "'{ … }'"));
  }
  const told = [...complaints.values()].flat().length;
  if ((status === 0) !== (told === 0)) throw new Error(`the compiler ended with ${status}:\n${stdout}`);
  return complaints;
}
