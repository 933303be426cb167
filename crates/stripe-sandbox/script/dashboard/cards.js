// The list of test cards, with a search by any text. A click copies the number.
const BRANDS = { visa: 'Visa', mastercard: 'Mastercard', amex: 'Amex', discover: 'Discover', diners: 'Diners', jcb: 'JCB', unionpay: 'UnionPay' };
const KINDS = [['', 'All'], ['passes', 'Pass'], ['3ds', '3D Secure'], ['refused', 'Refused']];

let cards = [];
let kind = '';

// The digits in groups, as on a card: 4-6-5 for 15 digits, 4-6-4 for 14, else groups of four.
function grouped(number) {
  const groups = { 14: /^(.{4})(.{6})(.{4})$/, 15: /^(.{4})(.{6})(.{5})$/ }[number.length];
  return groups ? number.replace(groups, '$1 $2 $3') : number.replace(/(.{4})(?=.)/g, '$1 ');
}

function toneOf(words) {
  return words.startsWith('refused') ? 'bad' : words.startsWith('3D') ? 'ask' : 'good';
}

function outcome(term, words) {
  const [first, ...rest] = words.split('; ');
  return make('div', {},
    make('dt', {}, term),
    make('dd', {}, make('span', { className: toneOf(words) }, first), rest.length ? `; ${rest.join('; ')}` : ''));
}

function cardRow(card) {
  const brand = BRANDS[card.brand] || card.brand;
  const number = make('button', {
    type: 'button', className: 'number', 'aria-label': `Copy ${brand} ${grouped(card.number)}`,
    on: { click: (event) => copy(card.number, `${brand} ending in ${card.number.slice(-4)}`, event.currentTarget) },
  }, make('span', { className: 'digits' }, grouped(card.number)), make('span', { className: 'mark', 'aria-hidden': 'true' }));
  const facts = [card.funding, card.country].join(' · ');
  return make('li', { className: 'card' },
    make('span', { className: `brand ${card.brand}` }, brand), number,
    make('span', { className: 'facts' }, facts),
    make('dl', { className: 'outcomes' }, outcome('Setup', card.setup), outcome('Charge', card.charge)));
}

function fitsCard(card, words) {
  const all = [...Object.values(card), grouped(card.number), BRANDS[card.brand]].join(' ').toLowerCase();
  return (!kind || card.kind === kind) && words.every((word) => all.includes(word));
}

function drawCards() {
  const words = byId('find').value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = cards.filter((card) => fitsCard(card, words));
  byId('cards').replaceChildren(...found.map(cardRow));
  byId('cards-count').textContent = found.length === cards.length ? cards.length : `${found.length} of ${cards.length}`;
  byId('no-cards').hidden = found.length > 0;
}

function drawKinds() {
  byId('kinds').replaceChildren(...KINDS.map(([value, words]) => make('button', {
    type: 'button', className: 'chip', 'aria-pressed': String(kind === value),
    on: {
      click: (event) => {
        kind = value;
        [...byId('kinds').children].forEach((chip) => chip.setAttribute('aria-pressed', String(chip === event.currentTarget)));
        drawCards();
      },
    },
  }, words)));
}

async function startCards() {
  const all = await read('/sandbox/cards');
  ({ cards } = all);
  drawBraintree(all.braintree);
  drawKinds();
  drawCards();
  byId('find').addEventListener('input', drawCards);
}
