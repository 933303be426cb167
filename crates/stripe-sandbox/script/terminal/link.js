// The connection to the simulated reader, which is on the API origin. A real reader is on the shop's network.
const READER = '%READER%';
// How often the connection is checked, because another script may have taken the reader.
const HEARTBEAT_INTERVAL_MS = 1000;

// Resolves to the response of the reader. When the reader cannot be reached, it resolves to an error.
async function sendCommand(command, form, signal) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) if (value !== undefined && value !== null) body.append(name, String(value));
  try {
    const response = await fetch(`${READER}/${command}`, { method: 'POST', body, credentials: 'omit', signal });
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
      const { gone } = await sendCommand('alive', { session });
      if (gone && this._timer) lost(failure('reader_error', 'The reader is in use by another till.').error);
    }, HEARTBEAT_INTERVAL_MS);
  }

  send(command, form, signal) {
    return sendCommand(command, { session: this.session, ...form }, signal);
  }

  close() {
    clearInterval(this._timer);
    this._timer = null;
  }
}
