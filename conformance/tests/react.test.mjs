// Stripe's own React components, with Stripe's own loader, mount on the sandbox's Stripe.js in StrictMode, unmount, mount again, and save a card.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bundle } from '../support/bundle.mjs';
import { field, fillSplit, openBrowserWithRealNames, openPage, serveSite } from '../support/browser.mjs';
import { account } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';

let browser;
let site;

before(async () => {
  const script = await bundle('pages/react.jsx');
  const html = `<!doctype html><html lang="en"><title>React</title><div id="root"></div><script src="/react.js"></script>`;
  [browser, site] = await Promise.all([openBrowserWithRealNames(), serveSite({ '/index.html': html, '/react.js': script })]);
});
after(() => Promise.all([browser?.close(), site?.close()]));

async function open(kind) {
  const keys = account(`react${kind}`);
  const opened = await openPage(browser, `${site.origin}/?key=${keys.publishable}`);
  const { page } = opened;
  const show = async (next) => {
    await page.evaluate((form) => { window.app.events.length = 0; window.app.show(form); }, next);
    const wanted = { card: 1, split: 3, payment: 1 }[next];
    if (wanted) await page.waitForFunction((count) => window.app.events.filter((event) => event.endsWith('ready')).length >= count, wanted);
  };
  if (kind) await show(kind);
  return { ...opened, keys, show, stripe: client(keys) };
}

// Frames of fields: what is left of a form that is gone.
const fieldFrames = (page) => page.locator('.__PrivateStripeElement iframe').count();

describe('CardElement', () => {
  test('saves a card with confirmCardSetup', async () => {
    const { page, problems, stripe, context } = await open('card');
    assert.equal(await fieldFrames(page), 1, 'StrictMode leaves one');
    await field(page, '#card', 'cardnumber').pressSequentially('4242424242424242');
    await field(page, '#card', 'exp-date').pressSequentially('1234');
    await field(page, '#card', 'cvc').pressSequentially('123');
    await page.waitForFunction(() => window.app.events.includes('card complete'));
    const { client_secret: secret, id } = await stripe.setupIntents.create();
    const result = await page.evaluate(async (clientSecret) => {
      const { stripe: js, elements, names } = window.app;
      return js.confirmCardSetup(clientSecret, { payment_method: { card: elements.getElement(names.card) } });
    }, secret);
    assert.deepEqual(Object.keys(result), ['setupIntent']);
    assert.equal(result.setupIntent.id, id);
    assert.equal((await stripe.setupIntents.retrieve(id)).status, 'succeeded');
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe('split elements', () => {
  test('make a payment method, which confirmCardSetup then saves', async () => {
    const { page, problems, stripe, context } = await open('split');
    assert.equal(await fieldFrames(page), 3);
    await fillSplit(page, '5555555555554444');
    await page.waitForFunction(() => ['number', 'expiry', 'cvc'].every((name) => window.app.events.includes(`${name} complete`)));
    const { client_secret: secret } = await stripe.setupIntents.create();
    const made = await page.evaluate(async () => {
      const { stripe: js, elements, names } = window.app;
      return js.createPaymentMethod({ type: 'card', card: elements.getElement(names.number), billing_details: { name: 'Ada' } });
    });
    assert.equal(made.paymentMethod.card.brand, 'mastercard');
    const done = await page.evaluate(([clientSecret, id]) => window.app.stripe.confirmCardSetup(clientSecret, { payment_method: id }), [secret, made.paymentMethod.id]);
    assert.equal(done.setupIntent.status, 'succeeded');
    assert.deepEqual(problems, []);
    await context.close();
  });

  test('a declined card is an error with a message', async () => {
    const { page, stripe, context } = await open('split');
    await fillSplit(page, '4000000000000002');
    const { client_secret: secret } = await stripe.setupIntents.create();
    const result = await page.evaluate(async (clientSecret) => {
      const { stripe: js, elements, names } = window.app;
      return js.confirmCardSetup(clientSecret, { payment_method: { card: elements.getElement(names.number) } });
    }, secret);
    assert.deepEqual(Object.keys(result), ['error']);
    assert.deepEqual([result.error.type, result.error.code, result.error.decline_code], ['card_error', 'card_declined', 'generic_decline']);
    await context.close();
  });
});

describe('PaymentElement, before there is an intent', () => {
  async function fill(page) {
    await field(page, '#payment', 'cardnumber').pressSequentially('4242424242424242');
    await field(page, '#payment', 'exp-date').pressSequentially('1234');
    await field(page, '#payment', 'cvc').pressSequentially('123');
    const postal = field(page, '#payment', 'postal');
    if (await postal.isVisible()) await postal.pressSequentially('10001');
  }

  test('submits, makes a payment method, and saves it', async () => {
    const { page, problems, stripe, context } = await open('payment');
    await fill(page);
    const made = await page.evaluate(async () => {
      const { stripe: js, elements } = window.app;
      const { error } = await elements.submit();
      return error ? { error } : js.createPaymentMethod({ elements });
    });
    assert.equal(made.paymentMethod?.card.last4, '4242', JSON.stringify(made.error));
    const { client_secret: secret } = await stripe.setupIntents.create();
    const done = await page.evaluate(([clientSecret, id]) => window.app.stripe.confirmCardSetup(clientSecret, { payment_method: id }), [secret, made.paymentMethod.id]);
    assert.equal(done.setupIntent.status, 'succeeded');
    assert.deepEqual(problems, []);
    await context.close();
  });

  test('confirmSetup takes the elements themselves', async () => {
    const { page, stripe, context } = await open('payment');
    await fill(page);
    const { client_secret: clientSecret, id } = await stripe.setupIntents.create();
    const result = await page.evaluate(async (secret) => {
      const { stripe: js, elements } = window.app;
      const { error } = await elements.submit();
      const confirmParams = { return_url: window.location.href };
      return error ? { error } : js.confirmSetup({ elements, clientSecret: secret, confirmParams, redirect: 'if_required' });
    }, clientSecret);
    assert.equal(result.setupIntent?.status, 'succeeded', JSON.stringify(result.error));
    assert.equal((await stripe.setupIntents.retrieve(id)).status, 'succeeded');
    await context.close();
  });
});

describe('mounting', () => {
  test('an unmounted form leaves no frame and mounts empty again', async () => {
    const { page, problems, show, context } = await open();
    for (const kind of ['card', 'split', 'payment', 'split', 'card']) {
      await show(kind);
      assert.equal(await fieldFrames(page), { card: 1, split: 3, payment: 1 }[kind], kind);
      await show(null);
      await page.waitForFunction(() => document.querySelectorAll('.__PrivateStripeElement').length === 0);
      assert.equal(await page.evaluate(() => window.app.elements), null);
    }
    await show('split');
    await field(page, '#number', 'cardnumber').pressSequentially('4242');
    await show(null);
    await show('split');
    assert.equal(await field(page, '#number', 'cardnumber').inputValue(), '');
    assert.deepEqual(problems, []);
    await context.close();
  });

  test('an unmounted root removes its fields, and another root can mount', async () => {
    const { page, problems, show, context } = await open('split');
    const before = await page.locator('iframe').count();
    await page.evaluate(() => window.app.end());
    assert.equal(await fieldFrames(page), 0);
    await show('split');
    assert.equal(await page.locator('iframe').count(), before, 'no frame is left behind from round to round');
    assert.deepEqual(problems, []);
    await context.close();
  });
});
