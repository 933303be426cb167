// Stripe's own loader, the newest and one from years ago, loads the sandbox's Stripe.js from the one address it knows.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { field, openBrowserWithRealNames, openPage, serveSite } from '../support/browser.mjs';
import { bundleText } from '../support/bundle.mjs';
import { account, requests, setFaults } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';

const LOADERS = { newest: '@stripe/stripe-js', pure: '@stripe/stripe-js/pure', old: 'stripe-js-old', oldpure: 'stripe-js-old/pure' };
// The address of a page tells the sandbox whose script it is, so that a fault meets this account alone.
const html = (before, script) => `<!doctype html><html lang="en"><meta name="referrer" content="unsafe-url"><title>Loader</title>
<div id="card"></div>${before}<script src="/${script}.js"></script>`;
const TAG = { v3: '<script src="https://js.stripe.com/v3/"></script>', endive: '<script src="https://js.stripe.com/endive/stripe.js"></script>' };

let browser;
let site;

before(async () => {
  const files = {};
  for (const [name, entry] of Object.entries(LOADERS)) {
    files[`/${name}.js`] = await bundleText(`import { loadStripe } from '${entry}'; window.loadStripe = loadStripe;`);
    files[`/${name}.html`] = html('', name);
  }
  files['/withv3.html'] = html(TAG.v3, 'newest');
  files['/twice.html'] = html(TAG.endive + TAG.v3, 'newest');
  [browser, site] = await Promise.all([openBrowserWithRealNames(), serveSite(files)]);
});
after(() => Promise.all([browser?.close(), site?.close()]));

async function open(name, faults = []) {
  const keys = account('loader');
  if (faults.length) await setFaults(keys, faults);
  const opened = await openPage(browser, `${site.origin}/${name}.html?stripe_publishable_key=${keys.publishable}`);
  const load = () => opened.page.evaluate(async (key) => {
    window.stripe = await window.loadStripe(key).catch((error) => ({ failed: error.message }));
    return { failed: window.stripe.failed, version: window.Stripe?.version, scripts: [...document.scripts].map(({ src }) => src).filter((src) => src.includes('stripe.com')) };
  }, keys.publishable);
  const asked = async () => (await requests(keys, { origin: 'script' })).map(({ path, query }) => path + (query ? `?${query}` : ''));
  return { ...opened, keys, load, asked };
}

// The card that the loaded script mounts is set up for real.
async function setUp({ page, keys }) {
  const { client_secret: secret } = await client(keys).setupIntents.create();
  await page.evaluate(() => {
    window.card = window.stripe.elements().create('card', { hidePostalCode: true });
    window.card.mount('#card');
  });
  await field(page, '#card', 'cardnumber').pressSequentially('4242424242424242');
  await field(page, '#card', 'exp-date').pressSequentially('1234');
  await field(page, '#card', 'cvc').pressSequentially('123');
  const result = await page.evaluate((it) => window.stripe.confirmCardSetup(it, { payment_method: { card: window.card } }), secret);
  return result.setupIntent?.status ?? result.error;
}

// What the loader tells Stripe.js about itself: asked again, with an ear at the only place it can tell.
function wrapper(page, keys) {
  return page.evaluate(async (key) => {
    const heard = [];
    Object.getPrototypeOf(window.stripe)._registerWrapper = (told) => heard.push(told);
    await window.loadStripe(key);
    return heard;
  }, keys.publishable);
}

for (const [name, version, url, own] of [
  ['newest', 'endive', 'https://js.stripe.com/endive/stripe.js', '10.2.1'],
  ['old', 3, 'https://js.stripe.com/v3', '1.54.2'],
]) {
  describe(`the ${name} loader`, () => {
    test('loads, registers itself, and the loaded script saves a card', async () => {
      const opened = await open(name);
      assert.deepEqual(await opened.load(), { failed: undefined, version, scripts: [url] });
      assert.equal(await setUp(opened), 'succeeded');
      const [told] = await wrapper(opened.page, opened.keys);
      assert.deepEqual([told.name, told.version], ['stripe-js', own]);
      assert.deepEqual(opened.problems, []);
      await opened.context.close();
    });

    test('two concurrent calls load once', async () => {
      const { page, keys, load, asked, context } = await open(name);
      const [one, two] = await Promise.all([load(), load()]);
      assert.deepEqual([one.failed, two.failed, two.scripts], [undefined, undefined, [url]]);
      assert.equal((await asked()).length, 1);
      const same = await page.evaluate((key) => Promise.all([1, 2].map(() => window.loadStripe(key))).then(([a, b]) => [a === b, a.elements !== undefined]), keys.publishable);
      assert.deepEqual(same, [false, true], 'each call makes a Stripe object of its own');
      await context.close();
    });
  });
}

describe('the newest loader, when the script does not come', () => {
  test('retries by itself', async () => {
    const { load, asked, context } = await open('newest', [{ on: 'script', do: 'not_found', times: 1 }]);
    assert.equal((await load()).failed, undefined);
    assert.deepEqual(await asked(), ['/endive/stripe.js', '/endive/stripe.js']);
    await context.close();
  });

  for (const [trouble, words] of [['not_found', 'Failed to load Stripe.js'], ['drop', 'Failed to load Stripe.js'], ['no_stripe', 'Stripe.js not available']]) {
    test(`gives up after two (${trouble}), and loads when it is asked later`, async () => {
      const { load, asked, context } = await open('pure', [{ on: 'script', do: trouble, times: 2 }]);
      assert.equal((await load()).failed, words);
      assert.equal((await asked()).length, 2);
      assert.equal((await load()).failed, undefined);
      await context.close();
    });
  }
});

test('the old loader does not try again', async () => {
  const { load, asked, context } = await open('oldpure', [{ on: 'script', do: 'not_found', times: 1 }]);
  assert.equal((await load()).failed, 'Failed to load Stripe.js');
  assert.equal((await asked()).length, 1);
  await context.close();
});

for (const name of ['pure', 'oldpure']) {
  test(`the entry without side effects (${name}) loads when it is asked, with its parameters`, async () => {
    const { page, load, asked, context, problems } = await open(name);
    assert.equal(await page.locator('script[src*="js.stripe.com"]').count(), 0);
    await page.evaluate(() => window.loadStripe.setLoadParameters({ advancedFraudSignals: false }));
    const { failed, scripts } = await load();
    assert.equal(failed, undefined);
    assert.match(scripts.join(), /\?advancedFraudSignals=false$/);
    assert.match((await asked()).join(), /advancedFraudSignals=false$/);
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('an existing script is used and its version reported', async () => {
  const { load, asked, problems, context } = await open('withv3');
  const { version, scripts } = await load();
  assert.deepEqual([version, scripts], [3, ['https://js.stripe.com/v3/']]);
  assert.deepEqual(await asked(), ['/v3/']);
  assert.match(problems.join(), /Stripe\.js@v3 was loaded on the page, but @stripe\/stripe-js@10\.2\.1 expected Stripe\.js@endive/);
  await context.close();
});

test('the script loaded twice warns, and the first one stays', async () => {
  const opened = await open('twice');
  assert.equal((await opened.load()).version, 'endive');
  assert.match(opened.problems.join(), /more than one time/);
  assert.equal(await setUp(opened), 'succeeded');
  await opened.context.close();
});
