// The faults: a switch for each known one, and a list of those no switch stands for.
let known = [];

const TALE = ['number', 'account', 'matched', 'spoiled', 'times', 'skip'];

// What a fault does, without how often and to whom: equal for a switch and for what it put in force.
function essence(fault) {
  const told = Object.entries(fault).filter(([name, value]) => !TALE.includes(name) && value !== null && value !== false && value !== 0);
  return JSON.stringify(told.sort(([a], [b]) => a.localeCompare(b)));
}

const accountOf = (text) => text.replace(/^[ps]k_test_/, '');
const owner = (standing) => standing.account || 'everyone';

function words(fault) {
  const rest = ['status', 'ms', 'method', 'path', 'element', 'by', 'referer'].filter((name) => fault[name]);
  return [`${fault.on}: ${fault.do.replace(/_/g, ' ')}`, ...rest.map((name) => `${name} ${fault[name]}`)].join(', ');
}

function tally(standing) {
  if (standing.times) return `${standing.spoiled} of ${standing.times}`;
  return standing.spoiled ? `${standing.spoiled} ×` : 'waits';
}

function switchOf(one, mine, place) {
  const on = mine.length > 0;
  const input = make('input', {
    type: 'checkbox', role: 'switch', checked: on,
    on: { change: (event) => toggle(one, mine, event.currentTarget) },
  });
  const count = mine.map(tally).join(', ');
  return make('label', { className: on ? 'switch on' : 'switch', 'data-place': String(place) }, input,
    make('span', { className: 'words' }, one.words), make('span', { className: 'tally' }, count));
}

async function toggle(one, mine, input) {
  const times = Number(byId('times').value) || undefined;
  const orders = input.checked
    ? { key: key() || undefined, faults: [{ times, ...one.fault }] }
    : { lift: mine.map((standing) => standing.number) };
  const name = `${one.group} ${one.words}`;
  await order(orders, input.checked ? `On: ${name}.` : `Off: ${name}.`);
}

async function order(orders, said) {
  try {
    await post('/sandbox/faults', orders);
    say(said);
  } catch (error) {
    say(`Not done: ${error.message}.`);
  }
  await drawFaults(true);
}

let drawn = '';

async function drawFaults(forced) {
  const { faults } = await read(`/sandbox/faults?${query()}`);
  const now = JSON.stringify([faults, key()]);
  // Drawn anew only when something changed: a switch that has the focus keeps it.
  if (!forced && now === drawn) return;
  drawn = now;
  const mineIn = (standing) => (key() ? standing.account === accountOf(key()) : !standing.account);
  const bySwitch = known.map((one) => faults.filter((standing) => mineIn(standing)
    && essence(standing) === essence(one.fault) && (!one.fault.times || standing.times === one.fault.times)));
  const taken = new Set();
  // A fault that two switches could stand for belongs to the more exact one.
  const exact = bySwitch.map((list, place) => list.filter((standing) => !known.some((other, at) => at !== place
    && other.fault.times && !known[place].fault.times && bySwitch[at].includes(standing))));
  exact.flat().forEach((standing) => taken.add(standing.number));

  const focused = document.activeElement?.closest('.switch')?.dataset.place;
  const groups = [...new Set(known.map((one) => one.group))];
  byId('switches').replaceChildren(...groups.map((group) => make('fieldset', {},
    make('legend', {}, group),
    ...known.flatMap((one, place) => (one.group === group ? [switchOf(one, exact[place], place)] : [])))));
  if (focused !== undefined) byId('switches').querySelector(`[data-place="${focused}"] input`)?.focus();

  const others = faults.filter((standing) => !taken.has(standing.number));
  byId('others-title').hidden = others.length === 0;
  byId('others').replaceChildren(...others.map((standing) => make('li', { className: 'other' },
    make('span', { className: 'grow' }, words(standing)), make('span', { className: 'facts' }, owner(standing)),
    make('span', { className: 'tally' }, tally(standing)),
    make('button', { type: 'button', 'aria-label': `Lift ${words(standing)}`, on: { click: () => order({ lift: [standing.number] }, 'Lifted.') } }, 'Lift'))));
  byId('faults-count').textContent = faults.length || '';
  byId('clear').disabled = faults.length === 0;
  byId('clear').onclick = () => order({ lift: faults.map((standing) => standing.number) }, 'All faults lifted.');
  byId('whose').textContent = key() || 'everyone';
}

async function startFaults() {
  ({ known } = await read('/sandbox/faults/known'));
  await drawFaults(true);
}
