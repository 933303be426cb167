// The way to the simulated reader, which lives on the API's origin as the real ones live on the shop's network.
const READER = '%READER%';
// How often a connection is checked: another till may have taken the reader.
const HEARTBEAT = 1000;

// Resolves to what the reader answers; a reader that cannot be reached is an error like any other.
async function askReader(verb, form, signal) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) if (value !== undefined && value !== null) body.append(name, String(value));
  try {
    const response = await fetch(`${READER}/${verb}`, { method: 'POST', body, credentials: 'omit', signal });
    return await response.json();
  } catch {
    return failure(signal && signal.aborted ? 'canceled' : 'network_error');
  }
}

class Link {
  constructor(session, reader, lost) {
    this.session = session;
    this.reader = reader;
    this._timer = setInterval(async () => {
      const { gone } = await askReader('alive', { session });
      if (gone && this._timer) lost(failure('reader_error', 'The reader is in use by another till.').error);
    }, HEARTBEAT);
  }

  ask(verb, form, signal) {
    return askReader(verb, { session: this.session, ...form }, signal);
  }

  close() {
    clearInterval(this._timer);
    this._timer = null;
  }
}
