// One frame of the fields origin, and the port to it. Messages must be posted to that origin only.
const ASSETS = '%BRAINTREE_FIELDS%';
const FRAME_STYLE = { border: 'none', width: '100%', height: '100%', float: 'left' };

function makeFrame(key, title, merchant, component) {
  const frame = document.createElement('iframe');
  frame.name = frame.id = `braintree-hosted-field-${key}`;
  frame.title = title;
  frame.setAttribute('type', key);
  frame.setAttribute('frameborder', '0');
  frame.setAttribute('allowtransparency', 'true');
  frame.setAttribute('scrolling', 'no');
  Object.assign(frame.style, FRAME_STYLE);
  const query = new URLSearchParams({ merchant, field: key });
  frame.src = `${ASSETS}/web/${VERSION}/html/hosted-fields-frame.min.html?${query}#${component}`;
  return frame;
}

// Sends `init` and a port when the frame's document has loaded. Messages that are sent before it listens are queued.
function connect(frame, init, hear) {
  let port = null;
  let listens = false;
  const waiting = [];
  frame.addEventListener('load', () => {
    if (!frame.contentWindow) return;
    if (port) port.close();
    const channel = new MessageChannel();
    port = channel.port1;
    listens = false;
    port.onmessage = ({ data }) => {
      if (data.event !== 'ready') return hear(data);
      listens = true;
      for (const message of waiting.splice(0)) port.postMessage(message);
      return hear(data);
    };
    frame.contentWindow.postMessage({ sandbox: 'braintree', ...init() }, new URL(ASSETS).origin, [channel.port2]);
  });
  return {
    send(message) {
      if (port && listens) port.postMessage(message);
      else waiting.push(message);
    },
    close() {
      if (port) port.close();
      port = null;
    },
  };
}
