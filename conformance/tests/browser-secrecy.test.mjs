// Card digits stay on the fields origin: the page and other pages must never receive one.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fillSplit } from '../support/browser.mjs';
import { origins, requests } from '../support/sandbox.mjs';
import { waitForEvent, withBrowser } from '../support/stripe_page.mjs';

const browser = withBrowser();
const NUMBER = '4000056655665556';

// Records everything that reaches the page's realm: messages to its window, ports and channels, and its storage.
const WATCH = `<script>
  window.heard = [];
  const note = (from, data) => window.heard.push(from + ' ' + JSON.stringify(data));
  addEventListener('message', (event) => note('window', event.data), true);
  const Real = window.MessageChannel;
  window.MessageChannel = class extends Real {
    constructor() {
      super();
      for (const port of [this.port1, this.port2]) port.addEventListener('message', (event) => note('port', event.data));
    }
  };
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (data, more) { note('sent', data); return post.call(this, data, more); };
</script>`;

test('no message of the page and no request of it holds a digit of the card', async () => {
  const { page, keys, site } = await browser.open({ head: WATCH });
  const sent = [];
  page.on('request', (request) => { if (request.frame() === page.mainFrame()) sent.push(`${request.url()} ${request.postData() || ''}`); });
  await page.evaluate(() => window.split(window.stripe.elements()));
  await fillSplit(page, NUMBER, '1134', '987');
  const result = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0] }));
  assert.equal(result.paymentMethod.card.last4, '5556');
  const { heard, html } = await page.evaluate(() => ({ heard: window.heard, html: document.documentElement.outerHTML }));
  assert.ok(heard.some((text) => text.startsWith('port')) && heard.some((text) => text.startsWith('sent')), 'the watch saw the ports');
  for (const text of [...heard, ...sent, html]) {
    assert.doesNotMatch(text, /4000\s?0566|665566|"987"|"11 ?\/ ?34"/, text.slice(0, 200));
  }
  // The number was sent to the API once, from the fields origin.
  const all = await requests(keys);
  const with_ = all.filter(({ body, query, path }) => `${path}${query}${body}`.includes(NUMBER));
  assert.deepEqual(with_.map(({ place, path, headers }) => [place, path, headers.origin]), [['api', '/v1/payment_methods', origins.fields]]);
  assert.ok(site.origin !== origins.fields);
});

test('a page does not receive another page\'s messages, although it knows the channel\'s name', async () => {
  const first = await browser.open({ head: WATCH });
  await first.page.evaluate(() => window.split(window.stripe.elements()));
  // In the same browser context, so that no browser isolation separates them.
  const second = await first.context.newPage();
  await second.goto(first.site.origin);
  await second.evaluate((key) => { window.stripe = window.Stripe(key); window.log = []; }, first.keys.publishable);
  const names = await Promise.all([first.page, second].map((page) => page.evaluate(() => window.heard.length)));
  assert.equal(names.length, 2);
  await second.evaluate(() => {
    const group = window.stripe.elements();
    window.parts = ['cardNumber', 'cardExpiry', 'cardCvc'].map((type) => group.create(type));
    ['#number', '#expiry', '#cvc'].forEach((where, place) => window.parts[place].mount(where));
    return Promise.all(window.parts.map((part) => new Promise((resolve) => { part.on('ready', resolve); })));
  });
  await fillSplit(first.page, '378282246310005', '1234', '1234');
  await waitForEvent(first.page, 'change', ({ elementType, complete }) => elementType === 'cardCvc' && complete);
  await fillSplit(second, '4242424242424242', '1134', '123');
  const made = await second.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0] }));
  assert.equal(made.paymentMethod?.card.brand, 'visa');
  const other = await first.page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0] }));
  assert.equal(other.paymentMethod?.card.brand, 'amex');
});

// Asks a controller of the page's own for the digits of a field, by the field's name and the page's, and waits so long for them.
const steal = (page, name, target, wait) => page.evaluate(async ([fields, known, field, ms]) => {
  const frame = document.createElement('iframe');
  frame.src = `${fields}/controller?key=pk_test_thief`;
  document.body.append(frame);
  await new Promise((resolve) => { frame.onload = resolve; });
  const channel = new MessageChannel();
  frame.contentWindow.postMessage({ sandbox: 'init', page: known, key: 'pk_test_thief' }, fields, [channel.port2]);
  return new Promise((resolve) => {
    channel.port1.onmessage = ({ data }) => {
      if (data.event === 'hello') channel.port1.postMessage({ number: 1, verb: 'check', params: { fields: [field] } });
      else resolve('an answer');
    };
    setTimeout(() => resolve('silence'), ms);
  });
}, [origins.fields, name, target, wait]);

test('a page of another origin that knows the name receives nothing', async () => {
  const random = `<script>
    const draw = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = (into) => { draw(into); window.drawn = Array.from(into, (byte) => byte.toString(16).padStart(2, '0')).join(''); return into; };
  </script>`;
  const { page, site } = await browser.open({ head: random });
  await page.evaluate(() => window.split(window.stripe.elements()));
  const name = await page.evaluate(() => window.drawn);
  assert.match(name, /^[0-9a-f]{32}$/);
  const target = await page.locator('#number iframe').getAttribute('name');
  assert.equal(await steal(page, name, target, 20_000), 'an answer');
  const thief = await browser.open();
  assert.notEqual(thief.site.origin, site.origin);
  assert.equal(await steal(thief.page, name, target, 1_500), 'silence');
});
