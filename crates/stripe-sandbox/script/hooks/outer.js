// The outer frame: waits for the bank's page, then tells Stripe.js that it is over, or goes back to the
// merchant when it was opened as a page of its own.
(function () {
  'use strict';
  let port = null;
  const challenge = document.getElementById('challengeFrame');
  const back = document.documentElement.dataset.back;

  function end(verdict) {
    if (port) port.postMessage({ event: 'over' });
    else if (window.parent === window && back) {
      const status = verdict === 'complete' ? 'succeeded' : 'failed';
      window.location.assign(`${back}&redirect_status=${status}`);
    }
  }

  // Focus crosses one frame at a time.
  function handFocus() {
    challenge.focus();
    challenge.contentWindow.postMessage({ verb: 'focus' }, location.origin);
  }

  window.addEventListener('message', (event) => {
    if (event.source === challenge.contentWindow && event.origin === location.origin && event.data.event === 'settled') {
      end(event.data.verdict);
    } else if (event.source === window.parent && event.source !== window && event.data.sandbox === 'init' && event.ports[0] && !port) {
      port = event.ports[0];
      port.onmessage = ({ data }) => { if (data.verb === 'focus') handFocus(); };
      port.postMessage({ event: 'hello' });
    }
  });
})();
