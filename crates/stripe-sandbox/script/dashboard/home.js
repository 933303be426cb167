// Puts the parts together: the key they share, the live reading, the places, and the one shortcut.
const EVERY = 1500;

function copyable(place) {
  const text = place.textContent;
  place.replaceChildren(make('button', {
    type: 'button', className: 'number', 'aria-label': `Copy ${text}`,
    on: { click: (event) => copy(text, text, event.currentTarget) },
  }, make('span', { className: 'digits' }, text), make('span', { className: 'mark', 'aria-hidden': 'true' })));
}

async function startPlaces() {
  document.querySelectorAll('#places dd').forEach(copyable);
  const response = await fetch('/sandbox/browser');
  if (!response.ok) return;
  const { arguments: given } = await response.json();
  byId('chromium').textContent = ['chromium --user-data-dir="$(mktemp -d)" --no-first-run', ...given.map((one) => `'${one}'`)].join(' \\\n  ');
  byId('names').hidden = false;
}

async function refresh(fresh) {
  try {
    await Promise.all([drawFaults(fresh), readRequests(fresh), drawWebhooks()]);
    document.body.classList.remove('lost');
  } catch (error) {
    document.body.classList.add('lost');
    if (fresh || error instanceof TypeError) say(error instanceof TypeError ? 'The sandbox does not answer.' : `Not read: ${error.message}.`);
  }
}

async function live() {
  if (byId('live').checked && !document.hidden) await refresh(false);
  setTimeout(live, EVERY);
}

byId('scope').addEventListener('submit', (event) => event.preventDefault());
byId('key').value = localStorage.getItem('sandbox-key') ?? byId('key').value;
byId('key').addEventListener('change', () => {
  localStorage.setItem('sandbox-key', key());
  refresh(true);
});
byId('find-request').addEventListener('input', drawRequests);
byId('place').addEventListener('change', drawRequests);
byId('live').addEventListener('change', (event) => say(event.currentTarget.checked ? 'Live.' : 'Held as it is.'));
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
  event.preventDefault();
  byId('find').focus();
  byId('find').select();
});
Promise.all([startCards(), startFaults(), startPlaces()]).then(() => refresh(true)).catch((error) => say(`Not read: ${error.message}.`)).then(live);
