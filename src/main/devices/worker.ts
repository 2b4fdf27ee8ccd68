import { createDriverHub } from './driver-hub.ts';
import { type FromDrivers, ToDrivers } from './messages.ts';

/*
 * The entry of the drivers' process. It is started by `fork` (plain Node) or as an Electron utility process, and ends with
 * its host: on `stop`, or when the host is gone.
 */

/** What Electron gives a utility process in place of `process.send`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;

function send(message: FromDrivers) {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const hub = createDriverHub(send);
let isStopping = false;

async function stop() {
  if (isStopping) return;
  isStopping = true;
  const impatience = setTimeout(() => process.exit(0), 3_000);
  await hub.stop().catch(() => undefined);
  clearTimeout(impatience);
  process.exit(0);
}

function receive(data: unknown) {
  const message = ToDrivers.safeParse(data);
  if (!message.success) {
    send({ type: 'log', level: 'error', message: 'unknown message to the drivers', detail: message.error.message });
  } else if (message.data.type === 'stop') {
    void stop();
  } else {
    hub.receive(message.data);
  }
}

// Ctrl-C reaches the whole process group; the host decides when the drivers end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => void stop());
if (parentPort !== undefined) parentPort.on('message', (event) => receive(event.data));
else process.on('message', receive);
