// The type check must be able to fail: each change below breaks one declaration in a copy of the script and must not pass.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = 'crates/stripe-sandbox/script';
let root;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'types-'));
  for (const half of ['page', 'frame']) cpSync(join('..', SCRIPT, half), join(root, SCRIPT, half), { recursive: true });
  cpSync('types', join(root, 'conformance/types'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'conformance/node_modules'));
});
after(() => rmSync(root, { recursive: true, force: true }));

function typeErrors(half) {
  const { status, stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '--pretty', 'false', '-p', join(root, 'conformance/types', half)], { encoding: 'utf8' });
  return { passes: status === 0, stdout };
}

const BROKEN = [
  ['page', 'calls.js', 'a call is missing', '  retrieveSetupIntent(secret) {', '  readSetupIntent(secret) {'],
  ['page', 'calls.js', 'a call answers with another thing', '@returns {Promise<SetupResult>}', '@returns {Promise<PaymentResult>}'],
  ['page', 'tokens.js', 'a token is a payment method', '.TokenResult>}', '.PaymentMethodResult>}'],
  ['page', 'element.js', 'an element cannot be cleared', '  clear() {', '  empty() {'],
  ['page', 'listeners.js', 'no listener can be taken off', '  off(name, hear) {', '  without(name, hear) {'],
  ['page', 'listeners.js', 'an event misnames its error', 'return { elementType, error };', 'return { elementType, fault: error };'],
  ['page', 'listeners.js', 'an event misnames its element', 'return { elementType, ...payload };', 'return { type: elementType, ...payload };'],
  ['page', 'element.js', 'express checkout misnames its methods', 'availablePaymentMethods: undefined', 'paymentMethods: undefined'],
  ['page', 'options.js', 'an option is forgotten', "hideIcon: 'boolean', ", ''],
  ['page', 'options.js', 'an option is said to be fixed that is not', 'cardCvc: {},', 'cardCvc: { style: true },'],
  ['page', 'not_modelled.js', 'a name is neither modelled nor listed', "'verifyIdentity', ", ''],
  ['page', 'not_modelled.js', 'a name is modelled and listed', "'verifyIdentity', ", "'verifyIdentity', 'createToken', "],
  ['page', 'not_modelled.js', 'a name is listed that nobody knows', "'verifyIdentity', ", "'verifyIdentity', 'confirmBarter', "],
  ['page', 'not_modelled.js', 'an element is neither modelled nor listed', "'taxId', ", ''],
  ['frame', 'payload.js', 'a field misnames the brand', 'complete, error, brand };', 'complete, error, cardBrand: brand };'],
  ['frame', 'payload.js', 'a field forgets the postal code', 'brand, value: { postalCode } };', 'brand };'],
  ['frame', 'payload.js', 'the Payment Element misnames its state', 'complete, collapsed, value', 'complete, folded: collapsed, value'],
  ['frame', 'controller.js', 'the controller lacks a verb', '  async createToken(', '  async makeToken('],
];

test('the unchanged script passes', () => {
  for (const half of ['page', 'frame']) assert.deepEqual(typeErrors(half), { passes: true, stdout: '' });
});

for (const [half, file, what, from, to] of BROKEN) {
  test(`it does not pass when ${what}`, () => {
    const path = join(root, SCRIPT, half, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    try {
      const { passes, stdout } = typeErrors(half);
      assert.ok(!passes, 'the compiler saw nothing');
      assert.match(stdout, /error TS\d+/);
    } finally {
      writeFileSync(path, text);
    }
  });
}
