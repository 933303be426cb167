// The brands Hosted Fields tells of, for every beginning of a number, against the table of braintree-web's own.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
// What the package itself asks: credit-card-type, with its one name changed.
const theirs = require('braintree-web/hosted-fields/shared/get-card-types');
const source = readFileSync(new URL('../../crates/stripe-sandbox/script/braintree/shared/brands.js', import.meta.url), 'utf8');
const ours = new Function(`${source}; return { brandsOf, allCards };`)();

const told = ({ type, niceType, code, gaps, lengths }) => ({ type, niceType, code, gaps, lengths });

// Every beginning of `digits` digits beneath `head`.
function* beginnings(head, digits) {
  if (digits === 0) return;
  for (let next = 0; next < 10; next += 1) {
    const text = `${head}${next}`;
    yield text;
    yield* beginnings(text, digits - 1);
  }
}

function differences(all) {
  const found = [];
  for (const text of all) {
    const [a, b] = [ours.brandsOf(text), theirs(text)].map((brands) => brands.map(({ type }) => type).join());
    if (a !== b) found.push(`${text}: ${a} instead of ${b}`);
  }
  return found;
}

test('the package looks for brands in the version this is held to', () => {
  assert.equal(require('braintree-web/package.json').dependencies['credit-card-type'], '10.2.0');
  assert.equal(require('credit-card-type/package.json').version, '10.2.0');
});

test('no beginning of four digits differs', () => {
  assert.deepEqual(differences(beginnings('', 4)), []);
});

// Beneath four digits a brand can change only where a range of either table is longer than that: there every beginning is
// tried, as long as the longest range.
test('nor does any longer one, where a range is longer', () => {
  const whole = (text) => text.length > 4;
  const theirRanges = theirs('').flatMap(({ patterns }) => patterns.map((range) => [range].flat().map(String)));
  const ourRanges = ours.brandsOf('').flatMap(({ starts }) => starts.map((range) => range.split('-')));
  const heads = new Map();
  for (const [from, to = from] of [...theirRanges, ...ourRanges].filter(([start]) => whole(start))) {
    for (let head = Number(from.slice(0, 4)); head <= Number(to.slice(0, 4)); head += 1) {
      heads.set(head, Math.max(heads.get(head) || 0, from.length));
    }
  }
  assert.ok(heads.size > 40 && Math.max(...heads.values()) === 8);
  for (const [head, longest] of heads) assert.deepEqual(differences(beginnings(String(head), longest - 4)), [], String(head));
});

test('each brand has the lengths, the groups and the code of theirs', () => {
  const all = ours.brandsOf('').map(told);
  assert.deepEqual(all, theirs('').map(told));
  assert.deepEqual(ours.allCards().map(({ type }) => type), theirs('').map(({ type }) => type));
});
