// The script of each train: removed methods, and its behavior on a page.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { openBrowser, openPage, serveSite } from '../support/browser.mjs';
import { account, origins } from '../support/sandbox.mjs';
import { withBrowser } from '../support/stripe_page.mjs';

const browser = withBrowser();
const TRAINS = ['v3', 'acacia', 'basil', 'clover', 'dahlia', 'endive'];
const said = (page, work) => page.evaluate((text) => {
  try {
    return `returned ${typeof new Function(`return ${text}`)()}`;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}, work);

test('each train lacks its removed methods and names the replacement', async () => {
  for (const [place, train] of TRAINS.entries()) {
    const { page } = await browser.open({ train });
    assert.equal(await page.evaluate(() => window.Stripe.version), train === 'v3' ? 3 : train);
    const from = (name) => place >= TRAINS.indexOf(name);
    const expect = async (work, words) => assert.match(await said(page, work), words, `${train}: ${work}`);
    await expect('stripe.redirectToCheckout({})', from('clover') ? /^IntegrationError: .*no longer supported.*url/ : /^IntegrationError: .*does not model/);
    await expect('stripe.initCheckout({})', from('dahlia') ? /no longer supported.*initCheckoutElementsSdk/ : /does not model/);
    await expect('stripe.initEmbeddedCheckout({ clientSecret: "cs_test_a_secret_b" })', from('dahlia') ? /no longer supported.*createEmbeddedCheckoutPage/ : /^returned object/);
    await expect('stripe.createEmbeddedCheckoutPage({ clientSecret: "cs_test_a_secret_b" })', /^returned object/);
    await expect('stripe.initCheckoutElementsSdk({})', from('dahlia') ? /^IntegrationError: .*does not model/ : /^IntegrationError: .*initCheckout\(\)/);
    for (const [name, instead] of [['handleCardPayment', 'confirmCardPayment'], ['handleCardSetup', 'confirmCardSetup'], ['confirmSetupIntent', 'confirmCardSetup'], ['createSource', 'createPaymentMethod']]) {
      await expect(`stripe.${name}()`, from('dahlia') ? new RegExp(`^IntegrationError: .*no longer supported.*${instead}`) : /^IntegrationError: .*does not model/);
    }
    const types = '{ mode: "setup", currency: "usd", paymentMethodTypes: ["card"] }';
    await expect(`stripe.elements(${types})`, from('endive') ? /^IntegrationError: .*allowedPaymentMethodTypes/ : /^returned object/);
    await expect('(() => { const group = stripe.elements({ mode: "setup", currency: "usd" }); group.update({ paymentMethodTypes: ["card"] }); })()', from('endive') ? /^IntegrationError: .*allowedPaymentMethodTypes/ : /^returned undefined/);
    await expect('stripe.elements().create("paymentRequestButton")', from('endive') ? /^IntegrationError: .*expressCheckout/ : /^IntegrationError: .*does not model/);
    await expect('stripe.elements().update({})', from('dahlia') ? /^returned object/ : /^returned undefined/);
    await expect('Stripe("pk_test_x", { apiVersion: "2025-03-31.basil" })', train === 'v3' ? /^returned object/ : /^IntegrationError: .*apiVersion cannot be set/);
  }
});

test('the script defines one global, and a second load warns', async () => {
  const { page, problems, keys } = await browser.open({ options: null });
  const found = await page.evaluate(async ([second, key]) => {
    const blank = document.createElement('iframe');
    document.body.append(blank);
    const usual = new Set(Object.getOwnPropertyNames(blank.contentWindow));
    blank.remove();
    const names = Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && Number.isNaN(Number(name)) && name !== 'submitted');
    const first = window.Stripe;
    await new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = second;
      script.onload = resolve;
      document.head.append(script);
    });
    return [names, window.Stripe === first, typeof new window.Stripe(key).elements];
  }, [`${origins.script}/endive/stripe.js?advancedFraudSignals=false`, keys.publishable]);
  assert.deepEqual(found, [['Stripe'], true, 'function']);
  assert.deepEqual(problems.length, 1);
  assert.match(problems[0], /loaded more than one time/);
});

test('the old v3 URLs work', async () => {
  for (const path of ['/v3', '/v3/', '/v3/stripe.js', '/v3/?advancedFraudSignals=false']) {
    const answer = await fetch(origins.script + path);
    assert.equal(answer.status, 200, path);
    assert.match(await answer.text(), /const VERSION = 3;/);
  }
});

test('wrappers find the methods they use', async () => {
  const { page } = await browser.open();
  const found = await page.evaluate(() => {
    const { stripe } = window;
    stripe._registerWrapper({ name: 'stripe-js', version: '1', startTime: 0 });
    stripe.registerAppInfo({ name: 'app', version: '1' });
    return ['elements', 'createToken', 'createPaymentMethod', 'confirmCardPayment'].every((name) => typeof stripe[name] === 'function');
  });
  assert.equal(found, true);
});

// A page of its own: the script runs in the head and starts at once, before there is a body, and the page may throw the
// body away later.
test('it works before the body exists and after it was replaced', async () => {
  const keys = account('body');
  const site = await serveSite({
    '/index.html': `<!doctype html><title>Early</title><script src="${origins.script}/v3/"></script>
<script>window.early = [document.body === null, Stripe('${keys.publishable}')]; window.answer = window.early[1].retrieveSetupIntent('seti_gone_secret_gone');</script><body><p>Here</p></body>`,
  });
  const own = await openBrowser();
  try {
    const { page } = await openPage(own, site.origin);
    const answers = await page.evaluate(async () => {
      const [early, stripe] = window.early;
      const first = await window.answer;
      document.body.replaceWith(document.createElement('body'));
      const second = await stripe.retrieveSetupIntent('seti_gone_secret_gone');
      return [early, first.error.code, second.error.code];
    });
    assert.deepEqual(answers, [true, 'resource_missing', 'resource_missing']);
  } finally {
    await own.close();
    await site.close();
  }
});
