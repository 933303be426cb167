// The last requests, refreshed while *Live* is on and the page is visible.
const SHOWN = 60;
const entries = new Map();
const opened = new Set();

// The body of a request: form parameters one per line, JSON indented, any other text unchanged.
function pretty(body) {
  if (!body) return '';
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    if (!/^[^\s=]+=/.test(body)) return body;
    return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n');
  }
}

function part(title, text) {
  return text ? [make('h3', {}, title), make('pre', { tabIndex: 0, role: 'region', 'aria-label': title }, text)] : [];
}

function requestRow(entry) {
  const status = make('span', { className: `status ${tone(entry.status)}` }, entry.status === null ? '···' : String(entry.status));
  const summary = make('summary', {},
    make('span', { className: 'time' }, clock(entry.at)), make('span', { className: 'method' }, entry.method),
    make('span', { className: 'path' }, entry.path), make('span', { className: 'facts' }, entry.account || entry.place), status);
  const headers = Object.entries(entry.headers).map(([name, value]) => `${name}: ${value}`).join('\n');
  const details = make('details', { open: opened.has(entry.number) }, summary,
    ...part('Query', pretty(entry.query)), ...part('Body', pretty(entry.body)), ...part('Headers', headers));
  details.addEventListener('toggle', () => {
    if (details.open) opened.add(entry.number);
    else opened.delete(entry.number);
  });
  details.dataset.number = entry.number;
  details.dataset.status = entry.status;
  return details;
}

function fitsRequest(entry) {
  const wanted = byId('find-request').value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [entry.method, entry.path, entry.query, entry.body, entry.status, entry.account, entry.place].join(' ').toLowerCase();
  const place = byId('place').value;
  return (!place || entry.place === place) && wanted.every((word) => all.includes(word));
}

// Keeps the rows that have not changed, so that the focus and the open rows stay.
function drawRequests() {
  const found = [...entries.values()].filter(fitsRequest).sort((a, b) => b.number - a.number).slice(0, SHOWN);
  const log = byId('requests');
  const there = new Map([...log.children].map((row) => [row.dataset.number, row]));
  const rows = found.map((entry) => {
    const row = there.get(String(entry.number));
    return row && row.dataset.status === String(entry.status) ? row : requestRow(entry);
  });
  rows.forEach((row, index) => {
    if (log.children[index] !== row) log.insertBefore(row, log.children[index] || null);
  });
  while (log.children.length > rows.length) log.lastChild.remove();
  byId('requests-count').textContent = found.length || '';
  byId('no-requests').hidden = found.length > 0;
}

async function readRequests(fresh) {
  if (fresh) entries.clear();
  const waiting = [...entries.values()].filter((entry) => entry.status === null).map((entry) => entry.number);
  const after = Math.min(Math.max(0, ...entries.keys()), ...waiting.map((number) => number - 1));
  const { requests } = await read(`/sandbox/requests?${query({ limit: 200, after })}`);
  requests.forEach((entry) => entries.set(entry.number, entry));
  const old = [...entries.keys()].sort((a, b) => b - a).slice(500);
  old.forEach((number) => entries.delete(number));
  const accounts = new Set([...entries.values()].map((entry) => entry.account).filter(Boolean));
  const keys = byId('keys');
  [...accounts].map((name) => `pk_test_${name}`).filter((name) => ![...keys.children].some((option) => option.value === name))
    .forEach((value) => keys.append(make('option', { value })));
  drawRequests();
}
