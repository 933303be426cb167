// Shows the bank's page above this one, in a frame of the hooks origin, until the challenge is over.
function confirmAtBank(url) {
  const hooks = new URL(root.hooks).origin;
  if (new URL(url).origin !== hooks) return Promise.reject(new Error('the next step leads to an unknown origin'));
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.className = 'challenge';
    frame.title = 'Your bank asks you to confirm';
    frame.setAttribute('role', 'dialog');
    frame.setAttribute('aria-modal', 'true');
    frame.src = url;
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
      if (data.event === 'hello') {
        frame.focus();
        channel.port1.postMessage({ verb: 'focus' });
      }
      if (data.event !== 'over') return;
      channel.port1.close();
      frame.remove();
      resolve();
    };
    frame.addEventListener('load', () => frame.contentWindow.postMessage({ sandbox: 'init' }, hooks, [channel.port2]), { once: true });
    document.body.append(frame);
  });
}
