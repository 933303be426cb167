// A till: a page into which Stripe's own loader has brought `StripeTerminal`, with a server that makes its tokens.
import { build } from 'esbuild';
import { openPage, serveSite } from './browser.mjs';
import { origins } from './sandbox.mjs';
import { client } from './sdk.mjs';

const PAGE = '<!doctype html><html lang="en"><title>Till</title><script src="/load.js"></script></html>';
const REAL = /^https:\/\/js\.stripe\.com\/terminal\/v1\/?$/;

export async function openShop() {
  const made = await build({
    stdin: { contents: "export { loadStripeTerminal } from '@stripe/terminal-js/pure';", resolveDir: process.cwd() },
    bundle: true, write: false, format: 'iife', globalName: 'loader',
  });
  return serveSite({ '/index.html': PAGE, '/load.js': made.outputFiles[0].text });
}

// The loader knows one address. What it asks for there is fetched from the sandbox.
async function fromSandbox(route) {
  const answer = await fetch(`${origins.script}/terminal/v1/`);
  await route.fulfill({ status: answer.status, contentType: 'text/javascript', body: await answer.text() });
}

export async function openTill(browser, shop, keys, { connected = false } = {}) {
  const { page, wrongs } = await openPage(browser);
  await page.route(REAL, fromSandbox);
  await page.exposeFunction('makeToken', async () => (await client(keys).terminal.connectionTokens.create()).secret);
  await page.goto(shop.origin);
  await page.evaluate(async () => {
    const StripeTerminal = await loader.loadStripeTerminal();
    window.heard = [];
    window.terminal = StripeTerminal.create({
      onFetchConnectionToken: () => (window.nextToken || window.makeToken)(),
      onUnexpectedReaderDisconnect: () => heard.push('lost'),
      onConnectionStatusChange: ({ status }) => heard.push(`connection ${status}`),
      onPaymentStatusChange: ({ status }) => heard.push(`payment ${status}`),
    });
  });
  const till = {
    page, wrongs,
    call: (verb, ...args) => page.evaluate(([name, given]) => terminal[name](...given), [verb, args]),
    status: () => page.evaluate(() => `${terminal.getConnectionStatus()} ${terminal.getPaymentStatus()}`),
    heard: () => page.evaluate(() => heard),
    async connect() {
      const { discoveredReaders: [reader] } = await till.call('discoverReaders', { simulated: true });
      const { error } = await till.call('connectReader', reader);
      if (error) throw new Error(`the reader did not connect: ${error.code}`);
    },
    async pay(secret, options) {
      const { error, paymentIntent } = await till.call('collectPaymentMethod', secret, options);
      return error ? { error } : till.call('processPayment', paymentIntent);
    },
  };
  if (connected) await till.connect();
  return till;
}
