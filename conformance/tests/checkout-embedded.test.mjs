// Embedded checkout in a real browser: one form at a time, and its callbacks.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser, openPage, serveSite, waitForEqual } from '../support/browser.mjs';
import { bank, fillCheckout, session } from '../support/checkout.mjs';
import { account, origins } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';

let browser;
let shop;

const html = (script) => `<!doctype html><html lang="en"><title>Shop</title><main><div id="here"></div></main><script src="${origins.script}${script}"></script></html>`;

before(async () => {
  browser = await openBrowser();
  const ends = Object.fromEntries(['/dahlia/stripe.js', '/clover/stripe.js', '/v3/'].map((path, place) => [`/${place}.html`, html(path)]));
  shop = await serveSite({ ...ends, '/back.html': '<title>Back</title>' });
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

const stays = { ui_mode: 'embedded_page', redirect_on_completion: 'never' };

async function embed(keys, made, { page: name = '/0.html', call = 'createEmbeddedCheckoutPage' } = {}) {
  const { page, problems } = await openPage(browser, `${shop.origin}${name}`);
  await page.evaluate(async ([key, secret, verb]) => {
    window.completed = 0;
    const stripe = Stripe(key);
    window.checkout = await stripe[verb]({ fetchClientSecret: async () => secret, onComplete: () => { window.completed += 1; } });
    window.checkout.mount('#here');
  }, [keys.publishable, made.client_secret, call]);
  return { page, problems, form: page.frameLocator('iframe[name="embedded-checkout"]') };
}

const misuse = (page, work, given) => page.evaluate(([text, args]) => (new Function('args', `return (async () => { ${text} })()`))(args)
  .then(() => 'nothing', (error) => `${error.name}: ${error.message}`), [work, given]);

describe('embedded checkout', () => {
  test('takes the card in its frame and calls onComplete', async () => {
    const keys = account('stays');
    const made = await session(keys, stays);
    const { page, form, problems } = await embed(keys, made);
    await fillCheckout(form, '4242424242424242');
    // The frame's height follows its content by a message.
    const excess = async () => {
      const frame = await page.locator('iframe[name="embedded-checkout"]').boundingBox();
      return Math.trunc(frame.height - await form.locator('main').evaluate((main) => main.offsetHeight));
    };
    await waitForEqual(excess, 0, 'the frame is as high as its content');
    assert.equal(await page.evaluate(() => document.querySelector('iframe').contentDocument), null);
    await form.locator('#submit').click();
    await form.getByRole('heading', { name: 'Payment received' }).waitFor();
    await page.waitForFunction(() => window.completed === 1);
    assert.equal((await client(keys).checkout.sessions.retrieve(made.id)).payment_status, 'paid');
    assert.deepEqual(problems, []);
  });

  test('leaves for the return URL when it always redirects', async () => {
    const keys = account('leaves');
    const made = await session(keys, { ui_mode: 'embedded_page', return_url: `${shop.origin}/back.html?session={CHECKOUT_SESSION_ID}` });
    const { page, form } = await embed(keys, made);
    await fillCheckout(form, '4242424242424242');
    await form.locator('#submit').click();
    await page.waitForURL(`${shop.origin}/back.html?session=${made.id}`);
  });

  test('has space for the challenge, and shows a decline', async () => {
    const keys = account('room');
    const made = await session(keys, { ...stays, redirect_on_completion: 'if_required', return_url: `${shop.origin}/back.html` });
    const { page, form } = await embed(keys, made);
    await fillCheckout(form, '4000000000009995');
    await form.locator('#submit').click();
    await form.getByText('Your card has insufficient funds.').waitFor();
    await fillCheckout(form, '4000002760003184');
    await form.locator('#submit').click();
    await bank(form, 'complete');
    await page.waitForFunction(() => window.completed === 1);
  });

  test('is one at a time until it is destroyed, and can be mounted again', async () => {
    const keys = account('one');
    const [first, second] = [await session(keys, stays), await session(keys, stays)];
    const { page, form } = await embed(keys, first);
    await form.locator('#email').waitFor();
    const create = 'await Stripe(args[0]).createEmbeddedCheckoutPage({ clientSecret: args[1] })';
    const given = [keys.publishable, second.client_secret];
    assert.match(await misuse(page, create, given), /^IntegrationError: You cannot have multiple Embedded Checkout objects/);
    assert.match(await misuse(page, 'checkout.mount("#here")'), /^IntegrationError: .*mounted already/);
    await page.evaluate(() => { window.checkout.unmount(); window.checkout.mount(document.querySelector('#here')); });
    await form.locator('#email').waitFor();
    await page.evaluate(() => window.checkout.destroy());
    assert.equal(await page.locator('iframe[name="embedded-checkout"]').count(), 0);
    assert.match(await misuse(page, 'checkout.mount("#here")'), /^IntegrationError: .*destroyed/);
    assert.equal(await misuse(page, `(${create}).mount("#here")`, given), 'nothing');
    await form.locator('#checkout[data-state="open"]').waitFor();
  });

  test('refuses misuse, and a failure frees the container', async () => {
    const keys = account('misuse');
    const { page } = await openPage(browser, `${shop.origin}/0.html`);
    for (const options of ['undefined', '{}', '{ clientSecret: "seti_1_secret_2" }', '{ clientSecret: 7 }', '{ clientSecret: "x", fetchClientSecret() {} }',
      '{ fetchClientSecret: async () => "nonsense" }', '{ fetchClientSecret: "x" }', '{ fetchClientSecret: async () => "cs_test_a_secret_b", onComplete: 1 }']) {
      assert.match(await misuse(page, `await Stripe(args).createEmbeddedCheckoutPage(${options})`, keys.publishable), /^IntegrationError/, options);
    }
    assert.match(await misuse(page, 'await Stripe(args).createEmbeddedCheckoutPage({ fetchClientSecret: async () => { throw new Error("no net"); } })', keys.publishable), /^Error: no net/);
    assert.match(await misuse(page, '(await Stripe(args).createEmbeddedCheckoutPage({ clientSecret: "cs_test_a_secret_b" })).mount("#nowhere")', keys.publishable), /^IntegrationError/);
  });

  test('cannot be opened by another origin', async () => {
    const keys = account('owner');
    const { form } = await embed(account('thief'), await session(keys, stays));
    await form.getByRole('heading', { name: 'This checkout could not be opened' }).waitFor();
  });

  test('had another name before dahlia, where that is refused', async () => {
    const keys = account('older');
    const made = await session(keys, stays);
    for (const page of ['/1.html', '/2.html']) {
      const { form } = await embed(keys, made, { page, call: 'initEmbeddedCheckout' });
      await form.locator('#checkout[data-state="open"]').waitFor();
      // The newer name is there in the older scripts already.
      const newer = await embed(keys, made, { page });
      await newer.form.locator('#checkout[data-state="open"]').waitFor();
    }
    const { page } = await openPage(browser, `${shop.origin}/0.html`);
    const thrown = await page.evaluate((key) => {
      try { return Stripe(key).initEmbeddedCheckout({}); } catch (error) { return `${error.name}: ${error.message}`; }
    }, keys.publishable);
    assert.match(thrown, /^IntegrationError: .*createEmbeddedCheckoutPage/);
  });
});
