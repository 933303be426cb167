// The checkout page, as a page of its own or in a frame of the merchant's page. In a frame it gets its session through
// a port, and reports its height and its completion through it. It must never send card details to the page around.
const GENERAL = 'Something went wrong. You have not been charged. Please try again in a moment.';

class Page {
  constructor(id, proof, port) {
    this.id = id;
    this.proof = proof;
    this.port = port;
    this.busy = false;
  }

  async begin() {
    if (this.port) {
      new ResizeObserver(() => this.tell('height', { height: byId('checkout').offsetHeight })).observe(byId('checkout'));
    }
    const { state, view } = await this.ask('open', {});
    if (!view) return end('unavailable');
    this.view = view;
    new Sheet(view);
    if (state !== 'open') return end(state, view, state === 'complete' ? view.done : view.back);
    this.typed = new Typed(() => byId('form').requestSubmit());
    byId('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.pay();
    });
    show('open');
    this.tell('ready');
  }

  tell(event, more) {
    if (this.port) this.port.postMessage({ event, ...more });
  }

  async ask(verb, form) {
    const body = new URLSearchParams({ ...this.proof, ...form });
    try {
      const response = await fetch(`${root.base}/sessions/${encodeURIComponent(this.id)}/${verb}`, { method: 'POST', body, credentials: 'omit' });
      return await response.json();
    } catch {
      return { state: 'refused', message: GENERAL };
    }
  }

  async pay() {
    if (this.busy) return;
    byId('alert').textContent = '';
    const form = this.typed.collect();
    if (!form) return;
    this.work(true);
    let answer = await this.ask('pay', form);
    if (answer.state === 'confirm') {
      show('confirming');
      await confirmAtBank(answer.url);
      show('paying');
      answer = await this.ask('open', {});
    }
    this.settle(answer);
  }

  settle({ state, url, message, code }) {
    if (state === 'complete') return this.finish(url);
    this.work(false);
    if (state === 'expired') return end('expired', this.view, this.view.back);
    show('open');
    byId('alert').textContent = message || GENERAL;
    this.typed.focusOn(code || '');
  }

  work(busy) {
    this.busy = busy;
    show(busy ? 'paying' : 'open');
    byId('submit').setAttribute('aria-disabled', String(busy));
    byId('status').textContent = busy ? 'One moment…' : '';
  }

  finish(url) {
    end('complete', this.view, this.port ? null : url);
    if (this.port) this.tell('complete', { url });
    else if (url) window.location.assign(url);
  }
}

if (root.shown === 'hosted') {
  new Page(root.session, {}, null).begin();
} else {
  window.addEventListener('message', function begin({ source, data, ports }) {
    if (source !== window.parent || source === window || !data || data.sandbox !== 'init' || !ports[0]) return;
    window.removeEventListener('message', begin);
    const { clientSecret, key, stripeAccount } = data;
    const proof = { client_secret: clientSecret, key, ...(stripeAccount ? { account: stripeAccount } : {}) };
    const page = new Page(clientSecret.split('_secret_')[0], proof, ports[0]);
    ports[0].postMessage({ event: 'hello' });
    page.begin();
  });
}
