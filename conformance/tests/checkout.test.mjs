// The hosted checkout page in a real browser: paid, declined, challenged, cancelled, expired, completed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser, openPage, serveSite } from '../support/browser.mjs';
import { bank, fillCheckout, session } from '../support/checkout.mjs';
import { account, origins, requests } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';

let browser;
let shop;

before(async () => {
  browser = await openBrowser();
  shop = await serveSite({ '/done.html': '<title>Done</title>', '/cart.html': '<title>Cart</title>' });
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

const ways = () => ({ success_url: `${shop.origin}/done.html?session={CHECKOUT_SESSION_ID}`, cancel_url: `${shop.origin}/cart.html` });

async function visit(keys, more) {
  const made = await session(keys, { ...ways(), ...more });
  const { page, problems, context } = await openPage(browser, made.url);
  return { made, page, problems, context };
}

const retrieve = (keys, { id }) => client(keys).checkout.sessions.retrieve(id, { expand: ['payment_intent', 'setup_intent', 'customer'] });

describe('the hosted page', () => {
  test('shows what is bought, takes the card and goes to the success URL', async () => {
    const keys = account('hosted');
    const { made, page, problems } = await visit(keys);
    await fillCheckout(page, '4242424242424242');
    assert.equal(await page.title(), `Pay ${keys.name}`);
    assert.equal(await page.locator('#total').innerText(), '$25.00');
    assert.match(await page.locator('#items').innerText(), /Sauna, one hour/);
    await page.getByRole('button', { name: 'Pay $25.00' }).click();
    await page.waitForURL(`${shop.origin}/done.html?session=${made.id}`);
    const done = await retrieve(keys, made);
    assert.equal(done.payment_status, 'paid');
    assert.equal(done.customer_details.email, 'ann@example.org');
    assert.deepEqual(problems, []);
    const held = (await requests(keys)).filter(({ body, query }) => /4242424242424242/.test(body + query));
    assert.deepEqual(held.map(({ place, path }) => [place, path]), [['hooks', `/checkout/sessions/${made.id}/pay`]]);
  });

  // Intl has no decimals for these, in some browsers or in all; Stripe has.
  test('shows amounts with the decimals Stripe has', async () => {
    const keys = account('decimals');
    const shown = [];
    for (const [currency, amount] of [['huf', 123450], ['isk', 500000], ['idr', 12345000], ['cop', 250050], ['pkr', 5000050], ['ugx', 500000], ['jpy', 5000], ['kwd', 5120]]) {
      const item = { price_data: { currency, unit_amount: amount, product_data: { name: 'Sauna' } }, quantity: 1 };
      const { page, context } = await visit(keys, { line_items: [item], locale: 'en' });
      await page.locator('#checkout[data-state="open"]').waitFor();
      const text = await page.locator('#total').innerText();
      assert.equal(await page.locator('#submit').innerText(), `Pay ${text}`);
      assert.ok((await page.locator('#items').innerText()).includes(text));
      shown.push(text.replace(/\s/g, ' '));
      await context.close();
    }
    assert.deepEqual(shown, [
      'HUF 1,234.50', 'ISK 5,000.00', 'IDR 123,450.00', 'COP 2,500.50', 'PKR 50,000.50', 'UGX 5,000.00', '¥5,000', 'KWD 5.120',
    ]);
  });

  test('shows why a card was declined, and accepts another', async () => {
    const keys = account('refused');
    const { made, page } = await visit(keys);
    await fillCheckout(page, '4000000000009979');
    await page.locator('#submit').click();
    await page.getByRole('alert').getByText('Your card was declined.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'cardNumber');
    assert.equal((await retrieve(keys, made)).status, 'open');
    await fillCheckout(page, '4242424242424242');
    await page.locator('#billingName').press('Enter');
    await page.waitForURL(/done\.html/);
  });

  test('marks missing fields and sends nothing', async () => {
    const keys = account('missing');
    const { page } = await visit(keys);
    await page.locator('#submit').click();
    for (const [id, words] of [['email', 'Enter your email address.'], ['number', 'Your card number is incomplete.'], ['name', 'Enter the name on the card.']]) {
      assert.equal(await page.locator(`#error-${id}`).innerText(), words);
    }
    assert.equal(await page.evaluate(() => document.activeElement.id), 'email');
    assert.deepEqual(await requests(keys, { path: '/checkout/sessions/*/pay' }), []);
  });

  test('runs the challenge, again after a failure', async () => {
    const keys = account('bank');
    const { made, page } = await visit(keys);
    await fillCheckout(page, '4000002760003184');
    await page.locator('#submit').click();
    await bank(page, 'fail');
    await page.getByRole('alert').getByText('unable to authenticate').waitFor();
    await fillCheckout(page, '4000002760003184');
    await page.locator('#submit').click();
    await bank(page, 'complete');
    await page.waitForURL(/done\.html/);
    assert.equal((await retrieve(keys, made)).payment_intent.status, 'succeeded');
  });

  test('saves a card with the given customer, without an email field', async () => {
    const keys = account('saved');
    const customer = await client(keys).customers.create({ email: 'bea@example.org' });
    const made = await client(keys).checkout.sessions.create({ mode: 'setup', currency: 'usd', customer: customer.id, ...ways() });
    const { page } = await openPage(browser, made.url);
    await fillCheckout(page, '5555555555554444');
    assert.equal(await page.locator('#known-email').innerText(), 'bea@example.org');
    await page.getByRole('button', { name: 'Save card' }).click();
    await page.waitForURL(/done\.html/);
    const { data } = await client(keys).customers.listPaymentMethods(customer.id);
    assert.deepEqual(data.map(({ card }) => card.last4), ['4444']);
    assert.equal((await retrieve(keys, made)).setup_intent.status, 'succeeded');
  });

  test('returns to the cancel URL and stays open', async () => {
    const keys = account('back');
    const { made, page } = await visit(keys);
    await page.getByRole('link', { name: 'Back' }).click();
    await page.waitForURL(`${shop.origin}/cart.html`);
    assert.equal((await retrieve(keys, made)).status, 'open');
  });

  test('accepts no card after expiry, and says so', async () => {
    const keys = account('expired');
    const { made, page } = await visit(keys);
    await fillCheckout(page, '4242424242424242');
    await client(keys).checkout.sessions.expire(made.id);
    await page.locator('#submit').click();
    await page.getByRole('heading', { name: 'This checkout has expired' }).waitFor();
    const again = await openPage(browser, made.url);
    await again.page.getByRole('heading', { name: 'This checkout has expired' }).waitFor();
    assert.equal(await again.page.getByRole('link', { name: 'Back to the shop' }).getAttribute('href'), `${shop.origin}/cart.html`);
    assert.equal((await client(keys).paymentIntents.list()).data.length, 0);
  });

  test('shows a completed session, and 404 for an unknown one', async () => {
    const keys = account('done');
    const { made, page } = await visit(keys);
    await fillCheckout(page, '4242424242424242');
    await page.locator('#submit').click();
    await page.waitForURL(/done\.html/);
    const again = await openPage(browser, made.url);
    await again.page.getByRole('heading', { name: 'Payment received' }).waitFor();
    const wrong = await openPage(browser, `${origins.hooks}/checkout/c/pay/cs_test_nothing`);
    await wrong.page.getByRole('heading', { name: 'This checkout could not be opened' }).waitFor();
  });
});
