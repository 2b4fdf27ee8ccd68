import type { Socket } from 'node:net';
import { badAnswer } from '../connectors/failure.ts';

/** IPA multiplex: 2 bytes of length, stream 0xee (Osmocom), then extension 0x00 (control interface). */
const STREAM_OSMO = 0xee;
const EXTENSION_CTRL = 0x00;
const HEADER_BYTES = 3;
const LONGEST = 65_535;

/** One message of the control interface, framed for the wire. */
export function frame(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const header = Buffer.from([0, 0, STREAM_OSMO, EXTENSION_CTRL]);
  header.writeUInt16BE(body.length + 1, 0);
  return Buffer.concat([header, body]);
}

/** Texts of the control messages that a socket brings, however they are cut on the way. Other streams are passed over. */
export async function* controlMessages(socket: Socket): AsyncGenerator<string> {
  let buffer: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    buffer = Buffer.concat([buffer, chunk as Buffer]);
    for (;;) {
      if (buffer.length < HEADER_BYTES) break;
      const length = buffer.readUInt16BE(0);
      if (length === 0) throw badAnswer('the control interface sent an empty frame');
      if (buffer.length > LONGEST * 2) throw badAnswer('the control interface sent too much');
      if (buffer.length < HEADER_BYTES + length) break;
      const body = buffer.subarray(HEADER_BYTES, HEADER_BYTES + length);
      if (buffer[2] === STREAM_OSMO && body[0] === EXTENSION_CTRL) yield body.subarray(1).toString('utf8');
      buffer = buffer.subarray(HEADER_BYTES + length);
    }
  }
}
