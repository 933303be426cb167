// The brands that Hosted Fields reports for every prefix of a number, compared with braintree-web's own table.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
// The package's own source: credit-card-type, with one renamed brand.
const theirs = require('braintree-web/hosted-fields/shared/get-card-types');
const source = readFileSync(new URL('../../crates/stripe-sandbox/script/braintree/shared/brands.js', import.meta.url), 'utf8');
const ours = new Function(`${source}; return { brandsOf, allCards };`)();

const told = ({ type, niceType, code, gaps, lengths }) => ({ type, niceType, code, gaps, lengths });

// Every prefix of `digits` digits that starts with `head`.
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

test('the package uses the credit-card-type version of this test', () => {
  assert.equal(require('braintree-web/package.json').dependencies['credit-card-type'], '10.2.0');
  assert.equal(require('credit-card-type/package.json').version, '10.2.0');
});

test('all prefixes of four digits match', () => {
  assert.deepEqual(differences(beginnings('', 4)), []);
});

// After four digits a brand can change only where a range of either table is longer: there every prefix is tested up to the longest
// range.
test('longer prefixes match where a range is longer', () => {
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

test('each brand has the package’s lengths, groups and code', () => {
  const all = ours.brandsOf('').map(told);
  assert.deepEqual(all, theirs('').map(told));
  assert.deepEqual(ours.allCards().map(({ type }) => type), theirs('').map(({ type }) => type));
});
