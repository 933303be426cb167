// A Chromium and a small site of our own, for tests that need a page. Both end with the test file.
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { origins } from './sandbox.mjs';

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

function executable() {
  const path = process.env.CARD_ENTRY_CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`there is no browser at ${path}; set CARD_ENTRY_CHROMIUM to one of Chromium's family`);
  return path;
}

// A browser; `args` are added to the command line.
export function openBrowser(args = []) {
  return chromium.launch({ executablePath: executable(), args: [...QUIET, ...args] });
}

// A browser for which the sandbox is `js.stripe.com` and the other real names, over TLS.
export async function openNamedBrowser() {
  const answer = await fetch(`${origins.api}/sandbox/browser`);
  const { arguments: args, error } = await answer.json();
  if (!args) throw new Error(error);
  return openBrowser(args);
}

// A site of `files`, path to text, on a free port. Its page's host is `host`: `localhost` is another site than the
// sandbox's 127.0.0.1, so that the browser keeps the two in processes of their own, as it does in life.
export async function serveSite(files, host = 'localhost') {
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', map: 'application/json' };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    const name = pathname === '/' ? '/index.html' : pathname;
    const text = files[name];
    if (text === undefined) return response.writeHead(name === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'Content-Type': `${types[name.split('.').pop()] || 'text/plain'}; charset=utf-8`, 'Cache-Control': 'no-store' });
    return response.end(text);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://${host}:${server.address().port}`,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

// A page of the browser with a list of what went wrong in it.
export async function openPage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const wrongs = [];
  page.on('pageerror', (error) => wrongs.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrongs.push(`${message.type()}: ${message.text()}`);
  });
  if (url) await page.goto(url);
  return { context, page, wrongs };
}

// The input of a field: its frame, by the element's container, and the input's name in it.
export function field(page, container, name) {
  return page.frameLocator(`${container} iframe[name^="__privateStripeFrame"]`).locator(`input[name="${name}"]`);
}

// Types the card into split elements in #number, #expiry and #cvc.
export async function fillSplit(page, number = '4242424242424242', expiry = '1234', cvc = '123') {
  await field(page, '#number', 'cardnumber').pressSequentially(number);
  await field(page, '#expiry', 'exp-date').pressSequentially(expiry);
  await field(page, '#cvc', 'cvc').pressSequentially(cvc);
}
