// What every part of the page uses. What came over the wire only ever becomes text, never markup.
const byId = (id) => document.getElementById(id);

// An element with properties and children; strings become text.
function make(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === false) continue;
    if (key === 'on') Object.entries(value).forEach(([type, hear]) => node.addEventListener(type, hear));
    else if (key in node && key !== 'role') node[key] = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return node;
}

async function read(path) {
  const response = await fetch(path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || `the sandbox answered ${response.status}`);
  return body;
}

async function post(path, orders) {
  const response = await fetch(path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(orders),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || `the sandbox answered ${response.status}`);
  return body;
}

let saidTimer = 0;

// Announces what has been done, and shows it for a while.
function say(words) {
  clearTimeout(saidTimer);
  byId('said').textContent = words;
  saidTimer = setTimeout(() => { byId('said').textContent = ''; }, 4000);
}

const key = () => byId('key').value.trim();
// `?key=…` when there is one; more parameters as given.
function query(parameters) {
  const all = Object.entries({ key: key(), ...parameters }).filter(([, value]) => value !== '' && value !== undefined);
  return new URLSearchParams(all).toString();
}

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour12: false });
const tone = (status) => (status === null || status === undefined ? 'wait' : status >= 500 ? 'bad' : status >= 400 ? 'ask' : 'good');

// Copies, and says so on the button and aloud. Without a clipboard (a page that is not on this machine) it shows the text.
async function copy(text, words, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    say(`Copying is not allowed here: ${text}`);
    return;
  }
  say(`${words} copied.`);
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
}
