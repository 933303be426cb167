// What each call of the sandbox's Stripe.js resolves to fits the result type `@stripe/stripe-js` declares for it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fillSplit } from '../support/browser.mjs';
import { withBrowser } from '../support/stripe_page.mjs';
import { client } from '../support/sdk.mjs';
import { typeErrors } from '../support/type_check.mjs';

// Each call, by the name of its result, with the type the package resolves it to.
const RESULTS = {
  payment_method: 'Browser.PaymentMethodResult', payment_method_refused: 'Browser.PaymentMethodResult',
  payment_method_misread: 'Browser.PaymentMethodResult', token: 'Browser.TokenResult',
  confirmation_token: 'Browser.ConfirmationTokenResult', setup: 'Browser.SetupIntentResult',
  setup_expanded: 'Browser.SetupIntentResult', setup_waiting: 'Browser.SetupIntentResult', setup_read: 'Browser.SetupIntentResult',
  setup_refused: 'Browser.SetupIntentResult', setup_over: 'Browser.SetupIntentResult', payment: 'Browser.PaymentIntentResult',
  payment_waiting: 'Browser.PaymentIntentResult', payment_read: 'Browser.PaymentIntentResult', payment_refused: 'Browser.PaymentIntentResult',
};
const browser = withBrowser();
const results = {};
let complaints;

// In the page: `stripe`, the number element and a deferred group are globals of it.
const call = (page, text, ...args) => page.evaluate(([code, given]) => new Function('stripe', 'card', 'group', ...given.map((_, n) => `it${n}`), `return ${code}`)(
  window.stripe, window.parts[0], window.group, ...given,
), [text, args]);

async function record() {
  const { page, keys } = await browser.open({ train: 'endive' });
  const stripe = client(keys);
  const setup = async (params) => (await stripe.setupIntents.create(params)).client_secret;
  const payment = async (params) => (await stripe.paymentIntents.create({ amount: 500, currency: 'usd', ...params })).client_secret;
  await page.evaluate(() => window.split(window.stripe.elements()));
  results.payment_method_misread = await call(page, "stripe.createPaymentMethod({ type: 'card', card })");
  await fillSplit(page);
  results.payment_method = await call(page, "stripe.createPaymentMethod({ type: 'card', card, billing_details: { name: 'Ada' } })");
  results.token = await call(page, 'stripe.createToken(card)');
  const withCard = '{ payment_method: { card } }';
  const secret = await setup();
  results.setup = await call(page, `stripe.confirmCardSetup(it0, ${withCard})`, secret);
  results.setup_read = await call(page, 'stripe.retrieveSetupIntent(it0)', secret);
  results.setup_over = await call(page, `stripe.confirmCardSetup(it0, ${withCard})`, secret);
  results.setup_expanded = await call(page, "stripe.confirmCardSetup(it0, { payment_method: 'pm_card_visa', expand: ['payment_method'] })", await setup());
  results.setup_refused = await call(page, "stripe.confirmCardSetup(it0, { payment_method: 'pm_card_chargeDeclined' })", await setup());
  results.setup_waiting = await call(page, "stripe.confirmCardSetup(it0, { payment_method: 'pm_card_threeDSecure2Required' }, { handleActions: false })", await setup());
  const money = await payment();
  results.payment = await call(page, `stripe.confirmCardPayment(it0, ${withCard})`, money);
  results.payment_read = await call(page, 'stripe.retrievePaymentIntent(it0)', money);
  results.payment_refused = await call(page, "stripe.confirmCardPayment(it0, { payment_method: 'pm_card_chargeDeclined' })", await payment());
  results.payment_waiting = await call(page, "stripe.confirmCardPayment(it0, { payment_method: 'pm_card_threeDSecure2Required' }, { handleActions: false })", await payment());
  await page.frameLocator('#number iframe').locator('input[name=cardnumber]').fill('4242424242424241');
  results.payment_method_refused = await call(page, "stripe.createPaymentMethod({ type: 'card', card })");
  results.confirmation_token = await confirmationToken();
  Object.values(results).forEach(overlook);
  complaints = typeErrors('browser', Object.entries(RESULTS).map(([name, type]) => ({ name, type, value: results[name], more: true })));
}

// The two places where the package's declarations and what is known of Stripe's answers part.
function overlook(value) {
  if (value === null || typeof value !== 'object') return;
  // A browser's key is not shown it.
  if (['payment_method', 'card'].includes(value.object)) value.metadata ??= {};
  // Stripe's default since 2024, which the Node SDK declares and this package does not.
  if (value.capture_method === 'automatic_async') value.capture_method = 'automatic';
  Object.values(value).forEach(overlook);
}

async function confirmationToken() {
  const { page } = await browser.open({ train: 'endive' });
  await page.evaluate(() => {
    window.group = window.stripe.elements({ mode: 'setup', currency: 'usd' });
    return window.put('payment', '#payment', {}, window.group);
  });
  const frame = page.frameLocator('#payment iframe');
  for (const [name, text] of [['cardnumber', '4242424242424242'], ['exp-date', '1234'], ['cvc', '123'], ['postal', '10001']]) {
    await frame.locator(`input[name=${name}]`).pressSequentially(text);
  }
  return page.evaluate(async () => {
    const { error } = await window.group.submit();
    return error ? { error } : window.stripe.createConfirmationToken({ elements: window.group, params: { return_url: window.location.href } });
  });
}

describe('what Stripe.js resolves to', () => {
  before(record);

  for (const name of Object.keys(RESULTS)) {
    test(`fits its type: ${name}`, () => {
      const wanted = /refused|misread|over/.test(name) ? 'error' : RESULTS[name].replace('Browser.', '').replace('Result', '').replace(/^./, (first) => first.toLowerCase());
      assert.deepEqual(Object.keys(results[name]), [wanted]);
      assert.equal(complaints.get(name).join('\n'), '');
    });
  }

  test('names a token’s brand as the Node SDK says, which no type holds', () => {
    assert.equal(results.token.token.card.brand, 'Visa');
    assert.equal(results.payment_method.paymentMethod.card.brand, 'visa');
  });

  test('would be found out', () => {
    const { paymentMethod } = results.payment_method;
    const { billing_details: gone, ...less } = paymentMethod;
    const type = 'Browser.PaymentMethodResult';
    const bad = typeErrors('browser-control', [
      { name: 'less', type, value: { paymentMethod: less }, more: true },
      { name: 'both', type, value: { paymentMethod, error: { type: 'card_error' } }, more: true },
      { name: 'kind', type, value: { error: { type: 'bad_luck' } }, more: true },
      { name: 'status', type: 'Browser.SetupIntentResult', value: { setupIntent: { ...results.setup.setupIntent, status: 'done' } }, more: true },
      { name: 'good', type, value: { paymentMethod }, more: true },
    ]);
    assert.ok(gone);
    for (const name of ['less', 'both', 'kind', 'status']) assert.notDeepEqual(bad.get(name), [], name);
    assert.deepEqual(bad.get('good'), []);
  });
});
