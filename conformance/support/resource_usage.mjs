// Memory and handles of a page and of the sandbox, measured before and after many calls.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

// Heap bytes, nodes, frames and listeners of a page after garbage collection.
export async function pageUsage(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let n = 0; n < 3; n += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  await session.detach();
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners'), frames: page.frames().length };
}

// Resident bytes and open files of the process that listens on a local port. Reads /proc, so Linux only.
export function serverUsage(port) {
  const pid = listener(port);
  const resident = Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)[1]) * 1024;
  return { resident, files: readdirSync(`/proc/${pid}/fd`).length };
}

function listener(port) {
  const wanted = `:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`;
  const line = readFileSync('/proc/net/tcp', 'utf8').split('\n').map((text) => text.trim().split(/\s+/)).find((parts) => parts[1]?.endsWith(wanted) && parts[3] === '0A');
  const socket = `socket:[${line[9]}]`;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (holds(pid, socket)) return pid;
  }
  throw new Error(`no process listens on ${port}`);
}

function holds(pid, socket) {
  const names = attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return names.some((name) => attempt(() => readlinkSync(`/proc/${pid}/fd/${name}`)) === socket);
}

// A process may end, or belong to another user.
function attempt(look) {
  try { return look(); } catch { return undefined; }
}
