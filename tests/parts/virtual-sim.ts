import { connect, type Socket } from 'node:net';
import { encodeIccid } from '#core/scan/sim-apdu.ts';
import { waitUntil } from './wait.ts';

/** What a virtual card holds and how it misbehaves. */
export interface VirtualSimOptions {
  /** The loopback port of the virtual reader's slot (vpcd). */
  readonly port: number;
  /** The content of EF_ICCID, in bare digits. */
  readonly iccid: string;
  /** A card that knows only class A0, only class 00, or both. */
  readonly style?: '2g' | 'usim' | 'both';
  /** Pulls the card out instead of answering this instruction: A4 SELECT, B0 READ BINARY. */
  readonly pullOutAt?: 'select' | 'read';
  /** Answers READ BINARY with this status instead of the file. */
  readonly readStatus?: number;
}

export interface VirtualSim {
  /** Every command that the card was sent, in hexadecimal. */
  readonly commands: readonly string[];
  readonly isInserted: () => boolean;
  /** Pulls the card out. */
  remove(): Promise<void>;
}

// A GSM card's answer to reset: T=0 only, no historical bytes that any driver interprets.
const ATR = Uint8Array.from(Buffer.from('3b9f95801fc78031e073fe211b63e208a8830f900089', 'hex'));
const FILES = new Set(['3f00', '2fe2']);
const status = (code: number, data: Uint8Array = new Uint8Array()): Uint8Array =>
  Uint8Array.of(...data, code >> 8, code & 0xff);

/** The card's file system and its two dialects: what it answers to a command; null when it is pulled out instead. */
function createCard(options: VirtualSimOptions): (command: Uint8Array) => Uint8Array | null {
  let selected = '';
  const style = options.style ?? 'both';
  return (command) => {
    const [cla = 0, ins = 0, , , length = 0] = command;
    const isOld = cla === 0xa0;
    if ((isOld && style === 'usim') || (cla === 0 && style === '2g') || (!isOld && cla !== 0)) return status(0x6e00);
    if (ins === 0xa4) {
      if (options.pullOutAt === 'select') return null;
      const file = Buffer.from(command.subarray(5, 7)).toString('hex');
      if (!FILES.has(file)) return status(0x6a82);
      selected = file;
      return isOld ? status(0x9f0f) : status(0x6120);
    }
    if (ins !== 0xb0) return status(0x6d00);
    if (options.pullOutAt === 'read') return null;
    if (options.readStatus !== undefined) return status(options.readStatus);
    if (selected !== '2fe2') return status(0x6986);
    return length === 10 ? status(0x9000, encodeIccid(options.iccid)) : status(0x6c0a);
  };
}

function frame(data: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(data.length >> 8, data.length & 0xff), data]);
}

/** Serves the vpcd protocol: 2-byte length, then one control byte (0 off, 1 on, 2 reset, 4 ATR) or a command. */
function serve(socket: Socket, card: (command: Uint8Array) => Uint8Array | null, commands: string[]): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const message = pending.subarray(2, 2 + pending.readUInt16BE(0));
      pending = pending.subarray(2 + message.length);
      if (message.length > 1) commands.push(message.toString('hex'));
      const answer = message.length === 1 ? (message[0] === 4 ? ATR : undefined) : card(message);
      if (answer === null) return void socket.destroy();
      if (answer !== undefined) socket.write(frame(answer));
    }
  });
}

function plugIn(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

/** Puts a virtual SIM into the virtual reader; the reader's slot may still be starting, so it is tried until it takes it. */
export async function insertVirtualSim(options: VirtualSimOptions): Promise<VirtualSim> {
  const socket = await waitUntil(() => plugIn(options.port).catch(() => null), 'the virtual reader to take a card');
  const commands: string[] = [];
  let isInserted = true;
  const removed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isInserted = false;
      resolve();
    });
  });
  socket.setNoDelay(true).on('error', () => socket.destroy());
  serve(socket, createCard(options), commands);
  return {
    commands,
    isInserted: () => isInserted,
    remove: () => {
      socket.destroy();
      return removed;
    },
  };
}
