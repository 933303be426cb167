// Concurrent accounts are isolated, and many calls leak no memory in the page or the sandbox.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fillSplit, openBrowser, openPage, serveSite } from '../support/browser.mjs';
import { account, origins, requests, setFaults } from '../support/sandbox.mjs';
import { client, refusal } from '../support/sdk.mjs';
import { pageUsage, serverUsage } from '../support/resource_usage.mjs';

const HTML = `<!doctype html><html lang="en"><title>Many</title><div id="number"></div><div id="expiry"></div><div id="cvc"></div>
<script src="${origins.script}/endive/stripe.js"></script>
<script>
  const stripe = Stripe(new URLSearchParams(location.search).get('key'));
  const elements = stripe.elements();
  const number = elements.create('cardNumber');
  const parts = [[number, '#number'], [elements.create('cardExpiry'), '#expiry'], [elements.create('cardCvc'), '#cvc']];
  const mount = () => Promise.all(parts.map(([element, where]) => new Promise((resolve) => element.once('ready', resolve).mount(where)))).then(() => true);
  const unmount = () => parts.forEach(([element]) => element.unmount());
  const ready = mount();
</script>`;

let browser;
let site;

// On the fields' own host, so that the browser keeps all frames in one process, and their memory is counted together.
before(async () => { [browser, site] = await Promise.all([openBrowser(), serveSite({ '/index.html': HTML }, '127.0.0.1')]); });
after(() => Promise.all([browser?.close(), site?.close()]));

async function open(keys) {
  const opened = await openPage(browser, `${site.origin}/?key=${keys.publishable}`);
  await opened.page.evaluate('ready');
  return opened;
}

describe('side by side', () => {
  test('forty accounts see their own objects only, while one of them has faults', async () => {
    const all = Array.from({ length: 40 }, (_, n) => account(`side${n}`));
    const [unlucky, ...lucky] = all;
    await setFaults(unlucky, [{ on: 'api', do: 'status', status: 500 }]);
    const outcomes = await Promise.all(lucky.map(async (keys) => {
      const stripe = client(keys);
      const customer = await stripe.customers.create({ name: keys.name });
      const intent = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_visa', confirm: true });
      const [customers, cards] = [await stripe.customers.list(), await stripe.paymentMethods.list({ customer: customer.id })];
      return { status: intent.status, names: customers.data.map(({ name }) => name), cards: cards.data.length, customer: customer.id, stripe };
    }));
    outcomes.forEach(({ status, names, cards }, n) => assert.deepEqual([status, names, cards], ['succeeded', [lucky[n].name], 1]));
    assert.equal((await refusal(client(unlucky).customers.list())).statusCode, 500);
    assert.equal((await refusal(outcomes[0].stripe.customers.retrieve(outcomes[1].customer))).code, 'resource_missing');
    const own = await requests(lucky[0]);
    assert.ok(own.length >= 4 && own.every((one) => one.account === lucky[0].name), 'the journal keeps them apart, too');
  });

  test('four pages at once, one with a fault on its fields and one on its calls', async () => {
    const all = Array.from({ length: 4 }, (_, n) => account(`page${n}`));
    await setFaults(all[2], [{ on: 'api', do: 'status', status: 429, by: 'publishable' }]);
    await setFaults(all[3], [{ on: 'fields', do: 'loaderror', element: 'cardNumber' }]);
    const results = await Promise.all(all.map(async (keys, n) => {
      const { page, context } = await openPage(browser, `${site.origin}/?key=${keys.publishable}`);
      if (n === 3) {
        const broken = await page.evaluate(() => Promise.race([ready.then(() => 'ready'), new Promise((resolve) => { number.on('loaderror', () => resolve('loaderror')); number.unmount(); number.mount('#number'); })]));
        await context.close();
        return broken;
      }
      await page.evaluate('ready');
      await fillSplit(page);
      const made = await page.evaluate(() => stripe.createPaymentMethod({ type: 'card', card: number }));
      await context.close();
      return made.error ? made.error.type : made.paymentMethod.object;
    }));
    assert.deepEqual(results.toSpliced(2, 1), ['payment_method', 'payment_method', 'loaderror']);
    assert.notEqual(results[2], 'payment_method');
  });
});

describe('in a row', () => {
  // In the page's own Stripe.js, on three fields that stay; every tenth time they are mounted anew.
  const [ROUNDS, EACH] = [10, 100];

  test('a thousand confirmations in one page leak nothing', { timeout: 400_000 }, async (t) => {
    const keys = account('thousand');
    const stripe = client(keys);
    const { page, problems, context } = await open(keys);
    const { port } = new URL(origins.api);
    const usages = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0) await page.evaluate(() => { unmount(); return mount(); });
      await fillSplit(page, '4242424242424242');
      const secrets = [];
      while (secrets.length < EACH) {
        const made = await Promise.all(Array.from({ length: 10 }, () => stripe.setupIntents.create()));
        secrets.push(...made.map((intent) => intent.client_secret));
      }
      const done = await page.evaluate(async (all) => {
        let count = 0;
        for (const secret of all) {
          const { setupIntent } = await stripe.confirmCardSetup(secret, { payment_method: { card: number } });
          if (setupIntent && setupIntent.status === 'succeeded') count += 1;
        }
        return count;
      }, secrets);
      assert.equal(done, EACH);
      usages.push({ ...await pageUsage(page), ...serverUsage(port) });
    }
    // Before the second round everything has been used once, and what is kept for good has been made.
    const [first, last] = [usages[1], usages.at(-1)];
    const told = JSON.stringify({ first, last });
    t.diagnostic(told);
    assert.equal(last.frames, first.frames, told);
    assert.ok(last.listeners <= first.listeners + 2, told);
    assert.ok(last.nodes <= first.nodes + 20, told);
    assert.ok(last.heap - first.heap < 500_000, told);
    // Others use the sandbox meanwhile, and it does keep its objects: some kilobytes for each confirmation.
    assert.ok(last.files - first.files < 100, told);
    assert.ok(last.resident - first.resident < 60_000_000, told);
    assert.deepEqual(problems, []);
    await context.close();
  });

  test('the measurement detects a leak', async () => {
    const keys = account('leak');
    const { page, context } = await open(keys);
    const before = await pageUsage(page);
    await page.evaluate(() => {
      window.kept = Array.from({ length: 50 }, () => {
        const node = document.body.appendChild(document.createElement('p'));
        node.addEventListener('click', () => {});
        return [node, 'x'.repeat(20_000).split('')];
      });
      document.body.append(document.createElement('iframe'));
    });
    const later = await pageUsage(page);
    assert.ok(later.heap - before.heap > 500_000 && later.nodes > before.nodes + 20, JSON.stringify({ before, later }));
    assert.ok(later.listeners > before.listeners + 2 && later.frames > before.frames);
    await context.close();
  });
});
