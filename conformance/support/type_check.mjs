// Type-checks responses: writes each as a literal of the type that Stripe's package declares, so that the compiler reports members
// that are missing, have another type, or are not declared.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = "import type Stripe from './stripe/stripe.esm.node.js';\nimport type * as Browser from '@stripe/stripe-js';\n";
const OPEN = 'type OtherString = string & Record<never, never>;';

// The SDK's declarations with closed enumerations. As published, each accepts any string, for future values.
function closeEnumerations(folder) {
  cpSync('node_modules/stripe/esm', folder, { recursive: true, filter: (path) => !/\.(js|map)$/.test(path) });
  const file = join(folder, 'shared.d.ts');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(OPEN)) throw new Error('the SDK declares open enumerations in another way now; see shared.d.ts');
  writeFileSync(file, text.replace(OPEN, 'type OtherString = never;'));
}

const CONFIG = {
  compilerOptions: {
    strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler',
    skipLibCheck: true, types: ['node'],
  },
  include: ['*.ts'],
};

// A literal whose strings keep their literal types in a variable.
function constLiteral(value) {
  if (typeof value === 'string') return `${JSON.stringify(value)} as const`;
  if (Array.isArray(value)) return `[${value.map(constLiteral).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{\n${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${constLiteral(inner)}`).join(',\n')}\n}`;
}

// A response as a literal with exactly the declared members. With `more`, additional members are allowed, because Stripe's script
// returns more than its package declares.
const sourceOf = ({ type, value, more }) => {
  const literal = JSON.stringify(value, null, 1);
  return more
    ? `const whole = ${constLiteral(value)};\nexport const it: ${type} = whole;\n`
    : `export const it: ${type} = ${literal};\n`;
};

// The compiler's errors for `shapes`, `[{ name, type, value, more? }]`, by name; an empty list if the value has the type.
export function typeErrors(label, shapes) {
  const folder = join('made', label);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  closeEnumerations(join(folder, 'stripe'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  const errors = new Map(shapes.map(({ name }) => [name, []]));
  for (const shape of shapes) writeFileSync(join(folder, `${shape.name}.ts`), `${HEAD}${sourceOf(shape)}`);
  const { stdout, status } = spawnSync('node_modules/.bin/tsc', ['--pretty', 'false', '-p', folder], { encoding: 'utf8' });
  let last;
  for (const line of stdout.split('\n')) {
    const found = line.match(/([\w-]+)\.ts\(\d+,\d+\): error (.*)/);
    if (found) last = errors.get(found[1]);
    if (last && line.trim()) last.push((found ? found[2] : line.trim()).replace(/'\{ .{40,}?(\.\.\.|; \})'/g, "'{ … }'"));
  }
  const count = [...errors.values()].flat().length;
  if ((status === 0) !== (count === 0)) throw new Error(`the compiler ended with ${status}:\n${stdout}`);
  return errors;
}
