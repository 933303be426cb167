// Every request of a page and its frames, with the frame that made it. Playwright tells of all frames; the browser's own
// log of the page's process is read beside it, for what is sent without a script.
export async function watchNetwork(context, page) {
  const sent = [];
  context.on('request', (request) => {
    let from = 'none';
    try { from = new URL(request.frame().url()).origin; } catch { /* a worker's, or a frame that is gone */ }
    sent.push({ from, url: request.url(), text: `${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}` });
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable', { maxPostDataSize: 1_000_000 });
  const own = await session.send('Page.getFrameTree');
  const frames = new Map([[own.frameTree.frame.id, 'page']]);
  session.on('Network.requestWillBeSent', ({ frameId, request }) => {
    sent.push({ from: frames.get(frameId) ?? 'frame', url: request.url, text: `${request.url} ${JSON.stringify(request.headers)} ${request.postData ?? ''}` });
  });
  return sent;
}
