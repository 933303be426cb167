// Card digits must never reach the page's scripts or requests while a card is typed, pasted, autofilled and saved: only the fields
// origin sends them, and only to the API.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { field, openBrowser, openPage, serveSite, waitForEqual } from '../support/browser.mjs';
import { leaks, detector } from '../support/leak_detector.mjs';
import { watchNetwork } from '../support/network_log.mjs';
import { account, origins } from '../support/sandbox.mjs';

// The test number that resembles a time, a port or an id least.
const CARD = { number: '378282246310005', cvc: '9731', expiry: '1138' };
const detect = detector(CARD);
const HTML = `<!doctype html><html lang="en"><title>Hostile</title><script src="/hostile.js"></script>
<form><div id="number"></div><div id="expiry"></div><div id="cvc"></div><div id="card"></div><div id="payment"></div><input id="own"></form>
<script src="${origins.script}/endive/stripe.js"></script>
<script>
  const stripe = Stripe(new URLSearchParams(location.search).get('key'));
  const split = stripe.elements(), whole = stripe.elements();
  const deferred = stripe.elements({ mode: 'setup', currency: 'usd', paymentMethodCreation: 'manual' });
  const number = split.create('cardNumber', { showIcon: true }), card = whole.create('card', { hidePostalCode: true }), payment = deferred.create('payment');
  const all = [[number, '#number'], [split.create('cardExpiry'), '#expiry'], [split.create('cardCvc'), '#cvc'], [card, '#card'], [payment, '#payment']];
  const ready = Promise.all(all.map(([element, where]) => new Promise((resolve) => element.on('ready', resolve).mount(where))));
  for (const [element] of all) for (const name of ['change', 'focus', 'blur', 'escape']) element.on(name, (event) => window.captured.push({ way: name, text: JSON.stringify(event ?? null) }));
  const saves = {
    split: () => stripe.createPaymentMethod({ type: 'card', card: number }),
    whole: () => stripe.createPaymentMethod({ type: 'card', card }),
    deferred: async () => (await deferred.submit()).error ? { error: 'incomplete' } : stripe.createPaymentMethod({ elements: deferred }),
  };
</script>`;

// The attempts that the hostile page must have made; otherwise an inactive page would pass.
const TRIED = [
  'port', 'port.postMessage', 'contentDocument', 'contentWindow.document', 'contentWindow.location.href', 'frames.eval', 'frames.frames', 'attributes',
  'mutation', 'document', 'keys', 'performance', 'cookie', 'local', 'stores', 'clipboard', 'change', 'createElement', 'stringify',
];

let browser;
const sites = [];

before(async () => {
  const files = { '/index.html': HTML, '/hostile.js': readFileSync('pages/hostile.js', 'utf8') };
  browser = await openBrowser();
  // Another site than the fields', as in life; and the very same host, where a browser separates less.
  for (const host of ['localhost', '127.0.0.1']) sites.push([host, await serveSite(files, host)]);
});
after(() => Promise.all([browser?.close(), ...sites.map(([, site]) => site.close())]));

async function open(origin) {
  const { context, page } = await openPage(browser);
  const said = [];
  page.on('console', (message) => said.push({ way: 'console', text: message.text() }));
  const sent = await watchNetwork(context, page);
  await page.goto(`${origin}/?key=${account('digits').publishable}`);
  await page.evaluate('ready.then(() => true)');
  const captured = async () => {
    await page.evaluate(() => window.pry());
    return [...await page.evaluate(() => window.captured), ...said];
  };
  return { context, page, sent, captured };
}

// As a person does: typed, pasted, or set at once, as a browser or a keeper of passwords fills a form.
const WAYS = {
  typed: (input, text) => input.pressSequentially(text),
  pasted: async (input, text, page) => {
    const other = await page.context().newPage();
    await other.setContent('<input autofocus>');
    await other.locator('input').fill(text);
    await other.keyboard.press('ControlOrMeta+A');
    await other.keyboard.press('ControlOrMeta+C');
    await other.close();
    await input.click();
    await page.keyboard.press('ControlOrMeta+V');
  },
  filled: (input, text) => input.fill(text),
};

async function fillAll(page, way) {
  const put = (container, name, text) => WAYS[way](field(page, container, name), text, page);
  for (const [number, expiry, cvc] of [['#number', '#expiry', '#cvc'], ['#card', '#card', '#card'], ['#payment', '#payment', '#payment']]) {
    await put(number, 'cardnumber', CARD.number);
    await put(expiry, 'exp-date', CARD.expiry);
    await put(cvc, 'cvc', CARD.cvc);
  }
  const postal = field(page, '#payment', 'postal');
  if (await postal.isVisible()) await postal.fill('90210');
}

for (const at of [0, 1]) {
  describe(['the page’s realm', 'the realm of a page on the fields’ own host'][at], () => {
    for (const way of Object.keys(WAYS)) {
      test(`never comes by a digit that is ${way}`, async () => {
        const { context, page, sent, captured } = await open(sites[at][1].origin);
        await fillAll(page, way);
        const value = await field(page, '#number', 'cardnumber').inputValue();
        assert.equal(value.replace(/\D/g, ''), CARD.number, 'the field holds the card');
        assert.deepEqual(leaks(await captured(), detect, ['number', 'cvc', 'expiry']), [], 'before it is saved');
        for (const save of ['split', 'whole', 'deferred']) {
          const result = await page.evaluate(`saves.${save}()`);
          assert.equal(result.paymentMethod?.card.last4, '0005', JSON.stringify(result));
        }
        const heard = await captured();
        // The answer names month and year of the saved card: those may be known, the rest never.
        assert.deepEqual(leaks(heard, detect, ['number', 'cvc']), [], 'after it is saved');
        const ways = new Set(heard.map((found) => found.way));
        for (const one of TRIED) assert.ok(ways.has(one), `the page did not try ${one}: ${[...ways].join(', ')}`);

        const betraying = sent.filter(({ text }) => detect.number(text) || detect.cvc(text));
        const allowed = ({ from, url }) => [origins.fields, 'frame'].includes(from) && new URL(url).origin === origins.api;
        assert.deepEqual(betraying.filter((request) => !allowed(request)), []);
        assert.ok(betraying.filter(({ from }) => from === origins.fields).length >= 3, 'the fields did send the card, three times');
        await context.close();
      });
    }
  });
}

describe('the detector', () => {
  test('finds what a page’s own input gives away, every way it goes', async () => {
    const { context, page, sent, captured } = await open(sites[0][1].origin);
    await page.locator('#own').pressSequentially(CARD.number);
    await page.evaluate(async (number) => {
      localStorage.setItem('card', number);
      document.cookie = `card=${number}`;
      document.querySelector('#own').setAttribute('data-card', number);
      await fetch('/nowhere', { method: 'POST', body: new URLSearchParams({ number }) });
      await fetch(`/nowhere?n=${number.slice(3, 9)}`);
      new Image().src = `/pixel?${number.match(/.{1,4}/g).join('-')}`;
      new MessageChannel().port1.postMessage({ card: { number } });
      window.postMessage({ number }, window.location.origin);
      console.log(number);
    }, CARD.number);
    const ways = leaks(await captured(), detect, ['number']).map((found) => found.split(':')[0]);
    for (const way of [
      'keys', 'event input', 'setItem', 'local', 'cookie', 'setAttribute', 'document', 'fetch', 'port.postMessage', 'event message', 'console',
    ]) assert.ok(ways.includes(way), `${way} is not among ${[...new Set(ways)].join(', ')}`);
    const urls = () => sent.filter(({ text, from }) => detect.number(text) && ['page', sites[0][1].origin].includes(from)).map(({ url }) => new URL(url).pathname);
    await waitForEqual(() => ['/nowhere', '/pixel'].filter((path) => !urls().includes(path)), [], 'the network log holds each request');
    await context.close();
  });

  test('distinguishes six digits from five, and a separate code from a part of a time', () => {
    assert.ok(detect.number('a 3782 8224 b') && detect.number('x378-282x') && !detect.number('37828'));
    assert.ok(detect.cvc('cvc=9731') && detect.cvc('9731') && !detect.cvc('1.9731') && !detect.cvc('19731'));
    assert.ok(detect.expiry('11 / 38') && detect.expiry('11%2F38') && detect.expiry('{e=1138}') && !detect.expiry('11380'));
  });
});
