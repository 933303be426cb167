// The methods of a Stripe object: results, challenges and errors.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { field } from '../support/browser.mjs';
import { origins, requests } from '../support/sandbox.mjs';
import { fillSplit } from '../support/browser.mjs';
import { withBrowser } from '../support/stripe_page.mjs';

const browser = withBrowser();
const api = new URL(origins.api);
const server = (keys) => new Stripe(keys.secret, { host: api.hostname, port: api.port, protocol: 'http' });

async function split(number, options) {
  const opened = await browser.open(options);
  await opened.page.evaluate(() => window.split(window.stripe.elements()));
  await fillSplit(opened.page, number);
  return opened;
}

async function payment(opened, group, number = '4242424242424242') {
  const { page } = opened;
  await page.evaluate((given) => { window.group = window.stripe.elements(given); return window.put('payment', '#payment', {}, window.group); }, group);
  await field(page, '#payment', 'cardnumber').pressSequentially(number);
  await field(page, '#payment', 'exp-date').fill('12/34');
  await field(page, '#payment', 'cvc').fill('123');
  await field(page, '#payment', 'postal').fill('12345');
}

const bank = (page, button) => page.frameLocator('.__PrivateStripeChallenge iframe').frameLocator('#challengeFrame').locator(button).click();

// What a call throws synchronously, and what it rejects with.
const misuse = (page, work) => page.evaluate(async (text) => {
  let promise;
  try {
    promise = new Function(`return ${text}`)();
  } catch (error) {
    return `thrown ${error.name}: ${error.message}`;
  }
  return Promise.resolve(promise).then((value) => `resolved ${JSON.stringify(value)}`, (error) => `rejected ${error.name}: ${error.message}`);
}, work);

test('a payment method is created from elements with billing details', async () => {
  const { page } = await split('5555555555554444');
  const result = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0], billing_details: { name: 'Ann Example', address: { country: 'US' } } }));
  assert.deepEqual(Object.keys(result), ['paymentMethod']);
  assert.deepEqual([result.paymentMethod.card.brand, result.paymentMethod.card.last4, result.paymentMethod.billing_details.name], ['mastercard', '4444', 'Ann Example']);
  const old = await page.evaluate(() => window.stripe.createPaymentMethod('card', window.parts[0], { billing_details: { name: 'Old Style' } }));
  assert.equal(old.paymentMethod.billing_details.name, 'Old Style');
  const lone = await page.evaluate(() => window.stripe.createPaymentMethod({ element: window.parts[0], params: { billing_details: { name: 'By Element' } } }));
  assert.equal(lone.paymentMethod.billing_details.name, 'By Element');
  await page.evaluate(() => window.parts[2].clear());
  const lacking = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0] }));
  assert.deepEqual(lacking, { error: { type: 'validation_error', code: 'incomplete_cvc', message: "Your card's security code is incomplete." } });
});

test('a setup is confirmed, with a challenge where required', async () => {
  const opened = await split('4000002500003155');
  const { page, keys } = opened;
  const intent = await server(keys).setupIntents.create({});
  const confirm = (options) => page.evaluate(([secret, given]) => window.stripe.confirmCardSetup(secret, { payment_method: { card: window.parts[0] } }, given), [intent.client_secret, options]);
  const waiting = await confirm({ handleActions: false });
  assert.equal(waiting.setupIntent.status, 'requires_action');
  const failed = page.evaluate((secret) => window.stripe.handleNextAction({ clientSecret: secret }), intent.client_secret);
  await bank(page, '#fail');
  assert.deepEqual([(await failed).error.code, (await failed).error.setup_intent.status], ['setup_intent_authentication_failure', 'requires_payment_method']);
  const done = confirm();
  await bank(page, '#complete');
  assert.deepEqual(Object.keys(await done), ['setupIntent']);
  assert.equal((await done).setupIntent.status, 'succeeded');
  const read = await page.evaluate((secret) => window.stripe.retrieveSetupIntent(secret), intent.client_secret);
  assert.equal(read.setupIntent.status, 'succeeded');
});

test('a payment is confirmed by element, by id and by token', async () => {
  const { page, keys } = await split('4242424242424242');
  const create = () => server(keys).paymentIntents.create({ amount: 700, currency: 'usd' });
  for (const method of ['window.card', '"pm_card_visa"', '({ card: { token: "tok_visa" } })']) {
    const { client_secret: secret } = await create();
    const result = await page.evaluate(([text, given]) => {
      window.card = { card: window.parts[0], billing_details: { name: 'Ann' } };
      return window.stripe.confirmCardPayment(given, { payment_method: new Function(`return ${text}`)() });
    }, [method, secret]);
    assert.equal(result.paymentIntent?.status, 'succeeded', JSON.stringify(result));
    assert.equal((await page.evaluate((given) => window.stripe.retrievePaymentIntent(given), secret)).paymentIntent.status, 'succeeded');
  }
});

test('handleCardAction continues a payment that a server confirmed', async () => {
  const { page, keys } = await browser.open();
  const intent = await server(keys).paymentIntents.create({ amount: 700, currency: 'usd', payment_method: 'pm_card_threeDSecure2Required', confirm: true, use_stripe_sdk: true });
  assert.equal(intent.status, 'requires_action');
  const ended = page.evaluate((secret) => window.stripe.handleCardAction(secret), intent.client_secret);
  await bank(page, '#complete');
  assert.equal((await ended).paymentIntent.status, 'succeeded');
});

test('confirmSetup completes the Payment Element’s setup', async () => {
  const opened = await browser.open({ train: 'endive' });
  const { page, keys } = opened;
  const intent = await server(keys).setupIntents.create({});
  await payment(opened, { mode: 'setup', currency: 'usd' });
  const call = `stripe.confirmSetup({ elements: group, clientSecret: '${intent.client_secret}', redirect: 'if_required' })`;
  assert.match(await misuse(page, call), /^rejected IntegrationError: elements\.submit\(\) must be called/);
  await page.evaluate(() => window.group.submit());
  const result = await page.evaluate((text) => new Function(`return ${text}`)(), call);
  assert.deepEqual([Object.keys(result), result.setupIntent.status], [['setupIntent'], 'succeeded']);
});

test('confirmSetup with a client secret runs the challenge and redirects to the return URL', async () => {
  const opened = await browser.open({ train: 'dahlia' });
  const { page, keys, site } = opened;
  const intent = await server(keys).setupIntents.create({});
  await payment(opened, { clientSecret: intent.client_secret }, '4000002500003155');
  await page.evaluate(([url]) => { window.stripe.confirmSetup({ elements: window.group, confirmParams: { return_url: `${url}/back.html?a=1`, payment_method_data: { billing_details: { name: 'Ann' } } } }); }, [site.origin]);
  await bank(page, '#complete');
  await page.waitForURL(/back\.html/);
  const { searchParams } = new URL(page.url());
  assert.deepEqual([...searchParams.keys()], ['a', 'setup_intent', 'setup_intent_client_secret', 'redirect_status']);
  assert.equal(searchParams.get('setup_intent'), intent.id);
  const after = await server(keys).setupIntents.retrieve(intent.id, { expand: ['payment_method'] });
  assert.deepEqual([after.status, after.payment_method.billing_details.name], ['succeeded', 'Ann']);
});

test('confirmPayment charges the Payment Element’s card, or returns the error', async () => {
  const opened = await browser.open({ train: 'basil' });
  const { page, keys } = opened;
  const intent = await server(keys).paymentIntents.create({ amount: 900, currency: 'usd' });
  await payment(opened, { mode: 'payment', amount: 900, currency: 'usd' }, '4000000000000002');
  const confirm = async () => {
    await page.evaluate(() => window.group.submit());
    return page.evaluate((secret) => window.stripe.confirmPayment({ elements: window.group, clientSecret: secret, redirect: 'if_required' }), intent.client_secret);
  };
  assert.deepEqual([(await confirm()).error.type, (await confirm()).error.code], ['card_error', 'card_declined']);
  await field(page, '#payment', 'cardnumber').fill('');
  await field(page, '#payment', 'cardnumber').pressSequentially('4242424242424242');
  assert.equal((await confirm()).paymentIntent.status, 'succeeded');
  const twice = await confirm();
  assert.equal(twice.error.code, 'payment_intent_unexpected_state');
});

test('card tokens and confirmation tokens are created', async () => {
  const opened = await split('4242424242424242', { train: 'endive' });
  const { page, keys } = opened;
  const { token } = await page.evaluate(() => window.stripe.createToken(window.parts[0], { name: 'Ann Example', address_zip: '12345' }));
  assert.deepEqual([token.object, token.card.last4, token.card.name, token.card.address_zip], ['token', '4242', 'Ann Example', '12345']);
  const charged = await server(keys).paymentIntents.create({ amount: 500, currency: 'usd', confirm: true, payment_method_data: { type: 'card', card: { token: token.id } }, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
  assert.equal(charged.status, 'succeeded');
  await payment(opened, { mode: 'setup', currency: 'usd' });
  assert.match(await misuse(page, 'stripe.createConfirmationToken({ elements: group })'), /^rejected IntegrationError: elements\.submit\(\)/);
  await page.evaluate(() => window.group.submit());
  const { confirmationToken } = await page.evaluate(() => window.stripe.createConfirmationToken({ elements: window.group, params: { return_url: 'https://shop.example/back', payment_method_data: { billing_details: { name: 'Ann' } } } }));
  assert.deepEqual([confirmationToken.object, confirmationToken.payment_method_preview.card.last4, confirmationToken.payment_method_preview.billing_details.name, confirmationToken.return_url], ['confirmation_token', '4242', 'Ann', 'https://shop.example/back']);
  const saved = await server(keys).setupIntents.create({ confirm: true, confirmation_token: confirmationToken.id });
  assert.equal(saved.status, 'succeeded');
});

test('elements for an unknown intent do not load', async () => {
  const { page } = await browser.open();
  const event = await page.evaluate(() => window.put('payment', '#payment', {}, window.stripe.elements({ clientSecret: 'seti_gone_secret_gone' })).then(() => window.log.find(([name]) => name === 'loaderror')));
  assert.equal(event?.[1].elementType, 'payment');
  const updates = await page.evaluate(() => window.stripe.elements({ clientSecret: 'seti_gone_secret_gone' }).fetchUpdates());
  assert.equal(typeof updates.error.message, 'string');
  assert.deepEqual(await page.evaluate(() => window.stripe.elements().fetchUpdates()), {});
});

test('misuse throws synchronously with a helpful message', async () => {
  const { page, problems } = await browser.open();
  for (const [work, words] of [
    ['stripe.confirmCardSetup("seti_1")', /client secret of the form/], ['stripe.confirmCardSetup("pi_1_secret_2")', /client secret of the form/],
    ['stripe.confirmCardPayment("seti_1_secret_2")', /client secret/], ['stripe.retrieveSetupIntent()', /client secret/], ['stripe.retrievePaymentIntent("x")', /client secret/],
    ['stripe.handleNextAction({})', /client secret/], ['stripe.handleNextAction({ hashedValue: "x" })', /does not model/], ['stripe.handleCardAction("seti_1_secret_2")', /client secret/],
    ['stripe.createPaymentMethod()', /expected an object/], ['stripe.createPaymentMethod({ type: "ideal" })', /does not model createPaymentMethod\(\) of the type 'ideal'/],
    ['stripe.createPaymentMethod({ type: "card" })', /card should be a card/], ['stripe.createPaymentMethod({ elements: {} })', /elements should be/],
    ['stripe.createPaymentMethod({ elements: stripe.elements({ mode: "setup", currency: "usd" }) })', /paymentMethodCreation/],
    ['stripe.confirmCardSetup("seti_1_secret_2", { payment_method: {} })', /card should be a card/],
    ['stripe.confirmCardPayment("pi_1_secret_2", { payment_method_options: { card: { cvc: {} } } })', /does not model/],
    ['stripe.confirmSetup()', /expected an object/], ['stripe.confirmSetup({})', /pass elements/], ['stripe.confirmSetup({ clientSecret: "seti_1_secret_2", redirect: "never" })', /redirect should be/],
    ['stripe.confirmSetup({ clientSecret: "seti_1_secret_2" })', /return_url is required/], ['stripe.confirmPayment({ clientSecret: "seti_1_secret_2", redirect: "if_required" })', /client secret of the form/],
    ['stripe.createToken("iban")', /not a type/], ['stripe.createToken("pii", {})', /does not model/], ['stripe.createToken({})', /card should be/],
    ['stripe.createConfirmationToken({})', /elements should be/], ['stripe.registerAppInfo()', /expected an object/],
    ['Stripe()', /publishable key/], ['Stripe("")', /empty string/], ['Stripe("sk_test_x")', /secret key/], ['Stripe("pk_live_x")', /refuses live keys/],
    ['Stripe("pk_test_x", { stripeAccount: "me" })', /stripeAccount/], ['Stripe("pk_test_x", 5)', /options should be/],
    ['stripe.confirmIdealPayment("pi_1_secret_2")', /The sandbox does not model stripe\.confirmIdealPayment\(\)\.$/], ['stripe.paymentRequest({})', /does not model/], ['stripe.initCheckoutElementsSdk({})', /initCheckout/],
  ]) assert.match(await misuse(page, work), new RegExp(`^thrown IntegrationError: .*${words.source}`), work);
  assert.match(await misuse(page, 'stripe.createPaymentMethod({ type: "card", card: stripe.elements().create("card") })'), /^rejected IntegrationError: We could not retrieve data/);
  assert.match(await misuse(page, 'stripe.elements().submit()'), /^rejected IntegrationError: .*no payment Element/);
  assert.deepEqual(problems, []);
});

test('calls send the train’s API version and the connected account', async () => {
  for (const [train, options, version] of [
    ['v3', {}, null], ['v3', { apiVersion: '2024-06-20', stripeAccount: 'acct_1' }, '2024-06-20'], ['acacia', {}, '2024-09-30.acacia'], ['basil', {}, '2025-03-31.basil'],
    ['clover', {}, '2025-09-30.clover'], ['dahlia', {}, '2026-03-25.dahlia'], ['endive', {}, '2026-09-30.endive'],
  ]) {
    const { page, keys } = await browser.open({ train, options });
    await page.evaluate(() => window.stripe.retrieveSetupIntent('seti_gone_secret_gone'));
    const [{ query }] = await requests(keys, { origin: 'api' });
    const sent = new URLSearchParams(query);
    assert.deepEqual([sent.get('_stripe_version'), sent.get('_stripe_account')], [version, options.stripeAccount || null], train);
  }
});
