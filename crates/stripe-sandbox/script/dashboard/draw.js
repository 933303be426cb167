// Functions that every part of the page uses. Data from the network must become text, never HTML.
const byId = (id) => document.getElementById(id);

// Creates an element with properties and children. A string becomes a text node.
function make(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === false) continue;
    if (key === 'on') Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
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

async function post(path, data) {
  const response = await fetch(path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(data),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || `the sandbox answered ${response.status}`);
  return body;
}

let statusTimer = 0;

// Shows a status message for four seconds; screen readers read it.
function announce(words) {
  clearTimeout(statusTimer);
  byId('said').textContent = words;
  statusTimer = setTimeout(() => { byId('said').textContent = ''; }, 4000);
}

const key = () => byId('key').value.trim();
// The query string with `key`, if there is one, and further parameters.
function query(parameters) {
  const all = Object.entries({ key: key(), ...parameters }).filter(([, value]) => value !== '' && value !== undefined);
  return new URLSearchParams(all).toString();
}

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour12: false });
const tone = (status) => (status === null || status === undefined ? 'wait' : status >= 500 ? 'bad' : status >= 400 ? 'ask' : 'good');

// Copies a text and confirms it. Without a clipboard (on a page that is not on this machine) it shows the text.
async function copy(text, words, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce(`Copying is not allowed here: ${text}`);
    return;
  }
  announce(`${words} copied.`);
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
}
