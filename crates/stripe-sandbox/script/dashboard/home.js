// Starts the parts of the page: the shared key, the periodic refresh, the URLs, and the keyboard shortcut.
const REFRESH_INTERVAL_MS = 1500;

function makeCopyable(cell) {
  const text = cell.textContent;
  cell.replaceChildren(make('button', {
    type: 'button', className: 'number', 'aria-label': `Copy ${text}`,
    on: { click: (event) => copy(text, text, event.currentTarget) },
  }, make('span', { className: 'digits' }, text), make('span', { className: 'mark', 'aria-hidden': 'true' })));
}

async function startUrls() {
  document.querySelectorAll('#places dd').forEach(makeCopyable);
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
    if (fresh || error instanceof TypeError) announce(error instanceof TypeError ? 'The sandbox does not answer.' : `Not read: ${error.message}.`);
  }
}

async function live() {
  if (byId('live').checked && !document.hidden) await refresh(false);
  setTimeout(live, REFRESH_INTERVAL_MS);
}

byId('scope').addEventListener('submit', (event) => event.preventDefault());
byId('key').value = localStorage.getItem('sandbox-key') ?? byId('key').value;
byId('key').addEventListener('change', () => {
  localStorage.setItem('sandbox-key', key());
  refresh(true);
});
byId('find-request').addEventListener('input', drawRequests);
byId('place').addEventListener('change', drawRequests);
byId('live').addEventListener('change', (event) => announce(event.currentTarget.checked ? 'Live.' : 'Held as it is.'));
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
  event.preventDefault();
  byId('find').focus();
  byId('find').select();
});
Promise.all([startCards(), startFaults(), startUrls()]).then(() => refresh(true)).catch((error) => announce(`Not read: ${error.message}.`)).then(live);
