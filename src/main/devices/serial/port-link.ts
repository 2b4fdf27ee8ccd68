import { SerialPort } from 'serialport';
import { lineStart, splitLines } from '#core/scan/serial-lines.ts';
import { monotonicMs } from '../messages.ts';

/** An open port. `closed` resolves when it is closed, by us or by being unplugged. */
export interface PortLink {
  write(text: string): void;
  close(): Promise<void>;
  readonly closed: Promise<void>;
}

export interface PortListener {
  line(text: string, receivedAt: number): void;
  /** Input was thrown away because it was no line; said once for each chunk at most. */
  dropped(reason: string): void;
}

/** A driver may never answer a close of a device that is gone. */
const CLOSE_LIMIT_MS = 1_000;

/** Opens a port and cuts what it sends into lines. Rejects with the system's error when it can't be opened. */
export function openPort(path: string, baudRate: number, listener: PortListener): Promise<PortLink> {
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  const closed = new Promise<void>((resolve) => {
    port.once('close', () => resolve());
  });
  let lines = lineStart;
  port.on('data', (chunk: Buffer) => {
    const receivedAt = monotonicMs();
    const step = splitLines(lines, chunk);
    lines = step.state;
    const dropped = step.events.find((event) => event.type === 'dropped');
    if (dropped !== undefined) listener.dropped(dropped.reason);
    for (const event of step.events) if (event.type === 'line') listener.line(event.text, receivedAt);
  });
  // An error on an open port is followed by its closing; without a listener it would end the process.
  port.on('error', () => port.isOpen && port.close(() => undefined));

  const close = () =>
    new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, CLOSE_LIMIT_MS);
      const done = () => {
        clearTimeout(limit);
        resolve();
      };
      if (port.isOpen) port.close(done);
      else done();
    });

  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(error);
      else resolve({ write: (text) => void port.write(text), close, closed });
    });
  });
}
