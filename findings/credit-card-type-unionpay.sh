#!/usr/bin/env bash
# credit-card-type (npm) 10.2.0, pinned by braintree-web 3.144.0, takes some numbers of UnionPay's 62 for Maestro.
#
# Expectation: numbers that begin with 62 are UnionPay's (except a few of Elo and Discover), so the result contains UnionPay.
# Behaviour: 62183, 6280, 6281, 6290 and 6293 to 6299 match no range of UnionPay, only Maestro's last range, the single digit
# 6. The result is one brand, `maestro`. A form that accepts UnionPay and not Maestro refuses such a number while the person
# types it. A form that accepts both checks it by Maestro's lengths (12 to 19) and its check digit.
# Version and source: credit-card-type 10.2.0, `dist/lib/card-types.js`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --no-audit --no-fund braintree-web@3.144.0

cat > try.cjs <<'JS'
const brandsOf = require('credit-card-type');
const { version } = require('credit-card-type/package.json');
const brandText = (digits) => brandsOf(digits).map(({ type }) => type).join(' or ');
const odd = ['62183', '6280', '6281', '6290', '6293', '6299'];
const plain = ['6200', '6251', '6282', '6291'];
for (const digits of [...plain, ...odd]) console.log(`${version}: ${digits} is ${brandText(digits)}`);
const as = version === '10.2.0' && plain.every((digits) => brandText(digits) === 'unionpay') && odd.every((digits) => brandText(digits) === 'maestro');
console.log(as ? 'as described' : 'the behaviour has changed');
process.exit(as ? 0 : 1);
JS
node try.cjs
