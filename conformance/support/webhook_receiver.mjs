// A webhook endpoint: records the exact bytes of each delivery and responds with the given statuses.
import { createServer } from 'node:http';
import { origins } from './sandbox.mjs';

export async function startReceiver(statuses = []) {
  const got = [];
  const waiting = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const one = { body: Buffer.concat(parts), signature: request.headers['stripe-signature'], headers: request.headers };
      if (waiting.length) waiting.shift()(one);
      else got.push(one);
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    // The next delivery, which may have arrived already.
    next: () => (got.length ? Promise.resolve(got.shift()) : new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no webhook was delivered')), 30_000);
      waiting.push((one) => { clearTimeout(timer); resolve(one); });
    })),
    // The remaining deliveries, after a quiet period.
    rest: async () => { await new Promise((resolve) => { setTimeout(resolve, 400); }); return got.splice(0); },
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

// `POST /sandbox/webhooks…` for an account.
export async function webhookCommand(path, command) {
  const response = await fetch(`${origins.api}/sandbox/webhooks${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(command),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}
