// Renders the page: the items, the amounts, and the visible part. It renders text only, never HTML.
const byId = (id) => document.getElementById(id);
const root = document.documentElement.dataset;

const WORDS = {
  complete: {
    payment: ['Payment received', 'Thank you. There is nothing more to do here.'],
    setup: ['Card saved', 'Thank you. There is nothing more to do here.'],
  },
  expired: ['This checkout has expired', 'You have not been charged. Go back to the shop to begin again.'],
  unavailable: ['This checkout could not be opened', 'The link may be incomplete. You have not been charged. Go back to the shop to begin again.'],
};

class Sheet {
  constructor(view) {
    this.view = view;
    this.language = view.locale && view.locale !== 'auto' ? view.locale : navigator.language;
    const setup = view.mode === 'setup';
    byId('merchant').textContent = view.merchant;
    byId('title').textContent = setup ? `Save a card with ${view.merchant}` : `Pay ${view.merchant}`;
    document.title = byId('title').textContent;
    byId('total').textContent = setup ? '' : this.money(view.amount);
    byId('items').replaceChildren(...view.items.map((item) => this.line(item)));
    byId('back').hidden = !view.back;
    if (view.back) byId('back').href = view.back;
    byId('submit').textContent = this.verb;
    byId('email').closest('.field').querySelector('label').htmlFor = view.email ? '' : 'email';
    byId('email').hidden = Boolean(view.email);
    byId('known-email').hidden = !view.email;
    byId('known-email').textContent = view.email || '';
  }

  get verb() {
    if (this.view.mode === 'setup') return 'Save card';
    return { book: 'Book', donate: 'Donate' }[this.view.submit_type] || `Pay ${this.money(this.view.amount)}`;
  }

  money(minor) {
    // The sandbox gives the number of decimals, because browsers differ from Stripe (HUF, ISK, UGX, COP, IDR, PKR).
    const { currency, decimals } = this.view;
    const format = new Intl.NumberFormat(this.language, {
      style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals,
    });
    return format.format(minor / 10 ** decimals);
  }

  line({ name, quantity, amount, each }) {
    const item = document.createElement('li');
    const what = document.createElement('span');
    what.textContent = name;
    if (quantity > 1) {
      const count = document.createElement('small');
      count.textContent = `${quantity} × ${this.money(each)}`;
      what.append(count);
    }
    const sum = document.createElement('span');
    sum.textContent = this.money(amount);
    item.append(what, sum);
    return item;
  }
}

function show(state) {
  byId('checkout').dataset.state = state;
  byId('form').hidden = !['open', 'paying', 'confirming'].includes(state);
  byId('checkout').classList.toggle('confirming', state === 'confirming');
}

// Shows the final part of the page. Its heading gets the focus, so that screen readers read it.
function end(state, view, link) {
  const [title, words] = state === 'complete' ? WORDS.complete[view.mode] : WORDS[state];
  show(state);
  byId('over').hidden = false;
  byId('over-title').textContent = title;
  byId('over-words').textContent = words;
  byId('over-link').hidden = !link;
  if (link) {
    byId('over-link').href = link;
    byId('over-link').textContent = 'Back to the shop';
  }
  byId('back').hidden = true;
  byId('status').textContent = '';
  byId('over-title').focus();
}
