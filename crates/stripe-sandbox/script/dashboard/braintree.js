// Braintree's test nonces and test numbers. A click copies one.
function copyButton(text, name) {
  return make('button', {
    type: 'button', className: 'number', 'aria-label': `Copy ${name}`,
    on: { click: (event) => copy(text, name, event.currentTarget) },
  }, make('span', { className: 'digits' }, /^\d+$/.test(text) ? grouped(text) : text), make('span', { className: 'mark', 'aria-hidden': 'true' }));
}

function braintreeRow({ text, brand, facts, does }) {
  const name = brand ? `${brand} ending in ${text.slice(-4)}` : text;
  const about = [brand, facts].filter(Boolean).join(' · ');
  return make('li', {}, copyButton(text, name),
    make('span', { className: 'facts' }, about, about ? ' · ' : '', make('span', { className: does.startsWith('verified') ? 'good' : 'bad' }, does)));
}

// The lists are closed at first, because most users of this page test Stripe.
function drawBraintree({ nonces, numbers }) {
  byId('nonces').replaceChildren(...nonces.map(braintreeRow));
  byId('numbers').replaceChildren(...numbers.map(braintreeRow));
  byId('braintree-count').textContent = nonces.length + numbers.length;
}
