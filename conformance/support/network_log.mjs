// Records the requests of a page and its frames, with the frame that sent each. Playwright reports all frames; the DevTools
// protocol of the page's process adds requests that no script sends.
export async function watchNetwork(context, page) {
  const sent = [];
  context.on('request', (request) => {
    let from = 'none';
    try { from = new URL(request.frame().url()).origin; } catch { /* a worker's request, or a removed frame */ }
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
