// The faults: a switch for each preset, and a list of the other faults in force.
let known = [];

const COUNTERS = ['number', 'account', 'matched', 'spoiled', 'times', 'skip'];

// The effect of a fault without its account and its counters: equal for a preset and for the fault it set.
function effectKey(fault) {
  const members = Object.entries(fault).filter(([name, value]) => !COUNTERS.includes(name) && value !== null && value !== false && value !== 0);
  return JSON.stringify(members.sort(([a], [b]) => a.localeCompare(b)));
}

const accountOf = (text) => text.replace(/^[ps]k_test_/, '');
const owner = (fault) => fault.account || 'everyone';

function words(fault) {
  const rest = ['status', 'ms', 'method', 'path', 'element', 'by', 'referer'].filter((name) => fault[name]);
  return [`${fault.on}: ${fault.do.replace(/_/g, ' ')}`, ...rest.map((name) => `${name} ${fault[name]}`)].join(', ');
}

function countText(fault) {
  if (fault.times) return `${fault.spoiled} of ${fault.times}`;
  return fault.spoiled ? `${fault.spoiled} ×` : 'waits';
}

function presetSwitch(one, mine, place) {
  const on = mine.length > 0;
  const input = make('input', {
    type: 'checkbox', role: 'switch', checked: on,
    on: { change: (event) => toggle(one, mine, event.currentTarget) },
  });
  const count = mine.map(countText).join(', ');
  return make('label', { className: on ? 'switch on' : 'switch', 'data-place': String(place) }, input,
    make('span', { className: 'words' }, one.words), make('span', { className: 'tally' }, count));
}

async function toggle(one, mine, input) {
  const times = Number(byId('times').value) || undefined;
  const body = input.checked
    ? { key: key() || undefined, faults: [{ times, ...one.fault }] }
    : { lift: mine.map((fault) => fault.number) };
  const name = `${one.group} ${one.words}`;
  await postFaults(body, input.checked ? `On: ${name}.` : `Off: ${name}.`);
}

async function postFaults(body, message) {
  try {
    await post('/sandbox/faults', body);
    announce(message);
  } catch (error) {
    announce(`Not done: ${error.message}.`);
  }
  await drawFaults(true);
}

let drawn = '';

async function drawFaults(forced) {
  const { faults } = await read(`/sandbox/faults?${query()}`);
  const now = JSON.stringify([faults, key()]);
  // Rendered again only when something changed, so that a switch keeps the focus.
  if (!forced && now === drawn) return;
  drawn = now;
  const mineIn = (fault) => (key() ? fault.account === accountOf(key()) : !fault.account);
  const bySwitch = known.map((one) => faults.filter((fault) => mineIn(fault)
    && effectKey(fault) === effectKey(one.fault) && (!one.fault.times || fault.times === one.fault.times)));
  const taken = new Set();
  // A fault that matches two presets belongs to the more specific one.
  const exact = bySwitch.map((list, place) => list.filter((fault) => !known.some((other, at) => at !== place
    && other.fault.times && !known[place].fault.times && bySwitch[at].includes(fault))));
  exact.flat().forEach((fault) => taken.add(fault.number));

  const focused = document.activeElement?.closest('.switch')?.dataset.place;
  const groups = [...new Set(known.map((one) => one.group))];
  byId('switches').replaceChildren(...groups.map((group) => make('fieldset', {},
    make('legend', {}, group),
    ...known.flatMap((one, place) => (one.group === group ? [presetSwitch(one, exact[place], place)] : [])))));
  if (focused !== undefined) byId('switches').querySelector(`[data-place="${focused}"] input`)?.focus();

  const others = faults.filter((fault) => !taken.has(fault.number));
  byId('others-title').hidden = others.length === 0;
  byId('others').replaceChildren(...others.map((fault) => make('li', { className: 'other' },
    make('span', { className: 'grow' }, words(fault)), make('span', { className: 'facts' }, owner(fault)),
    make('span', { className: 'tally' }, countText(fault)),
    make('button', { type: 'button', 'aria-label': `Lift ${words(fault)}`, on: { click: () => postFaults({ lift: [fault.number] }, 'Lifted.') } }, 'Lift'))));
  byId('faults-count').textContent = faults.length || '';
  byId('clear').disabled = faults.length === 0;
  byId('clear').onclick = () => postFaults({ lift: faults.map((fault) => fault.number) }, 'All faults lifted.');
  byId('whose').textContent = key() || 'everyone';
}

async function startFaults() {
  ({ known } = await read('/sandbox/faults/known'));
  await drawFaults(true);
}
