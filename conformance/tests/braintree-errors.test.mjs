// Every error of Hosted Fields, with the package's code, type and message.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage } from '../support/browser.mjs';
import { BRAINTREE_ERRORS, fillCard, serverSdk, merchant, openForm, serveForm, settleCall } from '../support/braintree.mjs';
import { setFaults } from '../support/sandbox.mjs';

let browser;
let site;
before(async () => { [browser, site] = await Promise.all([openBrowser(), serveForm()]); });
after(async () => { await Promise.all([browser?.close(), site?.close()]); });

// Asserts that an error has the package's code, type and message.
function isTheirs({ error }, code) {
  assert.equal(error?.code, code);
  const theirs = BRAINTREE_ERRORS[code];
  assert.equal(error.name, 'BraintreeError');
  assert.equal(error.type, theirs.type, code);
  if (theirs.message) assert.equal(error.message, theirs.message);
  return error;
}

const tokenize = () => window.form.tokenize({ vault: true });

test('missing values are reported before a request is sent', async () => {
  const { page } = await openForm(browser, site, merchant().authorization);
  isTheirs(await settleCall(page, () => window.form.tokenize()), 'HOSTED_FIELDS_FIELDS_EMPTY');
  await fillCard(page, { number: '5555555555554445', cvv: '1', date: '1220' });
  const error = isTheirs(await settleCall(page, () => window.form.tokenize()), 'HOSTED_FIELDS_FIELDS_INVALID');
  assert.deepEqual([error.keys, error.invalid], [['number', 'cvv', 'expirationDate'], ['number', 'cvv', 'expirationDate']]);
  const classes = await page.getAttribute('#number', 'class');
  assert.ok(classes.includes('braintree-hosted-fields-invalid'), classes);
});

test('gateway errors have their own codes', async () => {
  const shop = merchant();
  const { page } = await openForm(browser, site, shop.authorization);
  await fillCard(page, { number: '4242424242424242' });
  isTheirs(await settleCall(page, () => window.form.tokenize()), 'HOSTED_FIELDS_FAILED_TOKENIZATION');
  await page.evaluate(() => window.form.clear('number'));
  await page.frameLocator('iframe[name="braintree-hosted-field-number"]').locator('input').pressSequentially('4111111111111111');
  // A tokenization key cannot store a card.
  isTheirs(await settleCall(page, tokenize), 'CLIENT_AUTHORIZATION_INSUFFICIENT');
  for (const fault of [{ do: 'graphql_drop' }, { do: 'graphql_status', status: 500 }, { do: 'graphql_status', status: 503 }]) {
    // Every time: a browser asks again by itself when a connection that was open is closed.
    await setFaults(shop, [{ on: 'braintree', ...fault }]);
    isTheirs(await settleCall(page, () => window.form.tokenize()), 'HOSTED_FIELDS_TOKENIZATION_NETWORK_ERROR');
  }
  await setFaults(shop, []);
  const { value } = await settleCall(page, () => window.form.tokenize());
  assert.equal(value.details.lastFour, '1111');
});

test('a client token with options refuses duplicates and wrong codes', async () => {
  const shop = merchant();
  const gateway = serverSdk(shop);
  const made = await gateway.graphQLClient.query('mutation { createCustomer { customer { legacyId } } }');
  const { clientToken } = await gateway.clientToken.generate({
    customerId: made.data.createCustomer.customer.legacyId, options: { verifyCard: true, failOnDuplicatePaymentMethod: true },
  });
  const { page } = await openForm(browser, site, clientToken);
  await fillCard(page, { cvv: '200' });
  isTheirs(await settleCall(page, tokenize), 'HOSTED_FIELDS_TOKENIZATION_CVV_VERIFICATION_FAILED');
  const code = page.frameLocator('iframe[name="braintree-hosted-field-cvv"]').locator('input');
  await code.fill('');
  await code.pressSequentially('123');
  assert.match((await settleCall(page, tokenize)).value.nonce, /^tokencc_/);
  isTheirs(await settleCall(page, tokenize), 'HOSTED_FIELDS_TOKENIZATION_FAIL_ON_DUPLICATE');
});

test('misuse is refused at once, and no method works after teardown', async () => {
  const shop = merchant();
  const { page } = await openForm(browser, site, shop.authorization, ['number']);
  const cases = [
    ['INSTANTIATION_OPTION_REQUIRED', () => window.braintree.hostedFields.create({ fields: {} })],
    ['INSTANTIATION_OPTION_REQUIRED', (given) => window.braintree.hostedFields.create({ authorization: given })],
    ['INSTANTIATION_OPTION_INVALID', (given) => window.braintree.hostedFields.create({ authorization: given, binVerificationLength: 7, fields: { cvv: { container: '#cvv' } } })],
    ['INCOMPATIBLE_VERSIONS', () => window.braintree.hostedFields.create({ client: { getVersion: () => '3.0.0' }, fields: { cvv: { container: '#cvv' } } })],
    ['HOSTED_FIELDS_INVALID_FIELD_KEY', (given) => window.braintree.hostedFields.create({ authorization: given, fields: { pin: { container: '#cvv' } } })],
    ['HOSTED_FIELDS_INVALID_FIELD_SELECTOR', (given) => window.braintree.hostedFields.create({ authorization: given, fields: { cvv: { container: '#nowhere' } } })],
    ['HOSTED_FIELDS_FIELD_DUPLICATE_IFRAME', (given) => window.braintree.hostedFields.create({ authorization: given, fields: { cvv: { container: '#number' } } })],
    ['HOSTED_FIELDS_FIELD_PROPERTY_INVALID', (given) => window.braintree.hostedFields.create({ authorization: given, fields: { cvv: { container: '#cvv', maxlength: '3' } } })],
    ['HOSTED_FIELDS_FIELD_PROPERTY_INVALID', () => window.form.setMonthOptions([])],
    ['HOSTED_FIELDS_FIELD_INVALID', () => window.form.focus('pin')],
    ['HOSTED_FIELDS_FIELD_NOT_PRESENT', () => window.form.addClass('cvv', 'x')],
    ['HOSTED_FIELDS_ATTRIBUTE_NOT_SUPPORTED', () => window.form.setAttribute({ field: 'number', attribute: 'value', value: '4111' })],
    ['HOSTED_FIELDS_ATTRIBUTE_VALUE_NOT_ALLOWED', () => window.form.setAttribute({ field: 'number', attribute: 'disabled', value: 'perhaps' })],
  ];
  for (const [code, call] of cases) isTheirs(await settleCall(page, call, shop.authorization), code);
  await page.evaluate(() => window.form.teardown());
  assert.equal(await page.locator('iframe').count(), 0);
  isTheirs(await settleCall(page, () => window.form.tokenize()), 'METHOD_CALLED_AFTER_TEARDOWN');
});

test('a field that is never ready times out, a late one does not', async () => {
  const shop = merchant();
  const { page } = await openPage(browser, site.origin);
  await setFaults(shop, [{ on: 'braintree', do: 'fields_never_ready', element: 'cvv', times: 1 }]);
  await page.clock.install();
  const mount = (given) => window.braintree.hostedFields.create({ authorization: given, fields: { number: { container: '#number' }, cvv: { container: '#cvv' } } });
  const late = settleCall(page, mount, shop.authorization);
  await page.frameLocator('iframe[name="braintree-hosted-field-cvv"]').locator('form').waitFor({ state: 'attached' });
  await page.clock.runFor(60_000);
  isTheirs(await late, 'HOSTED_FIELDS_TIMEOUT');
  await setFaults(shop, [{ on: 'braintree', do: 'fields_late', ms: 500, element: 'cvv' }]);
  const other = await openForm(browser, site, shop.authorization, ['cvv']);
  assert.equal(await other.page.evaluate(() => window.form.getState().fields.cvv.isEmpty), true);
});
