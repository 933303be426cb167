// The page for people. What it shows came over the wire, so it only ever becomes text, never markup.
(function () {
  'use strict';
  const FAULTS = [
    { on: 'script', do: 'not_found' }, { on: 'script', do: 'hang' }, { on: 'script', do: 'slow', ms: 5000 }, { on: 'script', do: 'no_stripe' },
    { on: 'fields', do: 'never_ready' }, { on: 'fields', do: 'loaderror' }, { on: 'fields', do: 'late', ms: 5000 },
    { on: 'api', do: 'latency', ms: 5000 }, { on: 'api', do: 'status', status: 500 }, { on: 'api', do: 'status', status: 429 },
    { on: 'api', do: 'drop' }, { on: 'api', do: 'drop_after' },
    { on: 'intent', do: 'succeeded' }, { on: 'intent', do: 'canceled' }, { on: 'intent', do: 'processing' },
    { on: 'challenge', do: 'hang' },
  ];
  const byId = (id) => document.getElementById(id);
  const words = (fault) => [`${fault.on}: ${fault.do.replace(/_/g, ' ')}`, fault.status, fault.ms ? `${fault.ms} ms` : ''].filter(Boolean).join(', ');

  function row(cells) {
    const tr = document.createElement('tr');
    for (const [text, kind] of cells) {
      const td = document.createElement('td');
      td.textContent = text;
      if (kind) td.className = kind;
      tr.append(td);
    }
    return tr;
  }

  const read = (path) => fetch(path).then((response) => response.json());
  const grouped = (number) => (number.length === 15 ? number.replace(/^(.{4})(.{6})/, '$1 $2 ') : number.replace(/(.{4})(?=.)/g, '$1 '));

  async function showCards() {
    const { cards } = await read('/sandbox/cards');
    const draw = () => {
      const wanted = byId('find').value.toLowerCase();
      const fits = (card) => Object.values(card).join(' ').toLowerCase().includes(wanted) || grouped(card.number).includes(wanted);
      byId('cards').replaceChildren(...cards.filter(fits).map((card) => row([
        [grouped(card.number), 'number'], [card.brand], [card.funding], [card.country],
        [card.does, card.does.startsWith('refused') ? 'bad' : card.does.startsWith('passes') ? 'good' : 'ask'],
      ])));
    };
    byId('find').addEventListener('input', draw);
    draw();
  }

  async function showFaults() {
    const { faults } = await read('/sandbox/faults');
    const items = faults.map((fault) => {
      const item = document.createElement('li');
      const times = fault.times ? `${fault.spoiled} of ${fault.times}` : `${fault.spoiled}`;
      item.textContent = `${fault.account || 'everyone'} · ${words(fault)} · spoiled ${times}`;
      return item;
    });
    if (items.length === 0) {
      items.push(document.createElement('li'));
      items[0].textContent = 'None. Everything works.';
    }
    byId('faults').replaceChildren(...items);
  }

  async function showRequests() {
    const { requests } = await read('/sandbox/requests?limit=60');
    byId('requests').replaceChildren(...requests.reverse().map((entry) => row([
      [entry.number], [entry.place], [entry.account || '-'], [`${entry.method} ${entry.path}`, 'path'],
      [entry.status === null ? '-' : entry.status, entry.status >= 400 ? 'bad' : ''],
    ])));
  }

  async function order(orders, said) {
    const response = await fetch('/sandbox/faults', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(orders),
    });
    byId('said').textContent = response.ok ? said : (await response.json()).error;
    await showFaults();
  }

  const form = byId('fault');
  form.elements.what.append(...FAULTS.map((fault, place) => new Option(words(fault), place)));
  const key = () => form.elements.key.value.trim() || undefined;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const fault = { ...FAULTS[form.elements.what.value] };
    if (form.elements.times.value) fault.times = Number(form.elements.times.value);
    order({ key: key(), faults: [fault] }, 'In force.');
  });
  byId('clear').addEventListener('click', () => order({ key: key(), clear: true }, 'Cleared.'));
  byId('refresh').addEventListener('click', () => Promise.all([showRequests(), showFaults()]));
  Promise.all([showCards(), showFaults(), showRequests()]);
})();
