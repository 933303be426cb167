// The outer frame: waits for the bank's page, then notifies Stripe.js that the challenge is over, or redirects to the
// merchant when it was opened outside of a frame. It must never report the result.
// The script runs before the page has its frame, so that no message of the bank's page comes too early.
(function () {
  'use strict';
  let port = null;
  let over = false;
  const challenge = () => document.getElementById('challengeFrame');
  const { back } = document.documentElement.dataset;
  if (window.parent === window) document.documentElement.classList.add('alone');

  function notify(event) {
    port.postMessage({ event });
  }

  function end() {
    over = true;
    if (port) notify('over');
    else if (window.parent === window && back) window.location.assign(back);
  }

  // The focus can be passed to one nested frame at a time.
  function handFocus() {
    challenge().focus();
    challenge().contentWindow.postMessage({ verb: 'focus' }, location.origin);
  }

  document.addEventListener('load', (event) => {
    if (event.target !== challenge()) return;
    document.getElementById('coming').textContent = '';
    if (document.hasFocus()) handFocus();
  }, true);
  // The bank's page handles Escape. This listener is for the time before that page has the focus.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') challenge().contentWindow.postMessage({ verb: 'close' }, location.origin);
  });
  window.addEventListener('message', (event) => {
    if (event.source === challenge()?.contentWindow && event.origin === location.origin && event.data.event === 'settled') {
      end();
    } else if (event.source === window.parent && event.source !== window && event.data.sandbox === 'init' && event.ports[0] && !port) {
      port = event.ports[0];
      port.onmessage = ({ data }) => {
        if (data.verb !== 'focus') return;
        // The message may arrive before the focus, which would then be taken from the bank's page again.
        if (document.hasFocus()) handFocus();
        else window.addEventListener('focus', handFocus, { once: true });
      };
      notify('hello');
      // The port arrives when this document has loaded. The bank's page can be used before.
      if (over) notify('over');
    }
  });
})();
