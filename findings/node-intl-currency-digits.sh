#!/usr/bin/env bash
# Intl.NumberFormat returns fewer decimals than ISO 4217 for some currencies.
#
# Expectation: ECMA-402, CurrencyDigits, says that the decimals of a currency are the minor unit value of the ISO 4217 list
# (https://tc39.es/ecma402/#sec-currencydigits), so 2 for HUF, COP, IDR, PKR and LAK.
# Behaviour: V8, in Node 20.20 and Chromium 156, returns 0 for all five, because it uses the digits of the Unicode CLDR, which
# are those that people write. Firefox and WebKit return 2.
# Consequence: 123450 in minor units of HUF, divided by 10 to the power of these digits, is shown as HUF 123,450 and not as
# HUF 1,234.50. Take the decimals of amounts from a table of the payment service, never from Intl.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --silent currency-codes@2.2.0
node --version
node - <<'JS'
const codes = require('currency-codes');
let differ = 0;
for (const code of ['HUF', 'COP', 'IDR', 'PKR', 'LAK']) {
  const iso = codes.code(code).digits;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const intl = format.resolvedOptions().maximumFractionDigits;
  console.log(`${code}: ISO 4217 has ${iso} decimals, Intl has ${intl}; 123450 becomes ${format.format(123450 / 10 ** intl)}`);
  if (iso === 2 && intl === 0) differ += 1;
}
if (differ !== 5) {
  console.error(`The behaviour has changed: ${differ} of 5 differ.`);
  process.exit(1);
}
JS
