import { plugInSerial, type SerialCable } from './serial-cable.ts';

/** How a modem of one make answers. */
export interface ModemMake {
  /** The question for the ICCID that it knows, and its answer's line. */
  readonly question: string;
  readonly answer: (iccid: string) => string;
  readonly echoes?: boolean;
}

export const commonModem: ModemMake = { question: 'AT+CCID', answer: (iccid) => `+CCID: ${iccid}`, echoes: true };

export interface VirtualModem {
  readonly cable: SerialCable;
  /** Every command that it was sent. */
  readonly commands: readonly string[];
  /** Puts a SIM in, changes it, or takes it out (null). */
  setSim(sim: { iccid: string; imsi?: string } | null): void;
  /** Stops answering, as a modem that has crashed. */
  hang(): void;
}

/** Plugs in an AT modem at `path`. */
export async function plugInModem(path: string, make: ModemMake = commonModem): Promise<VirtualModem> {
  const cable = await plugInSerial(path);
  const commands: string[] = [];
  let sim: { iccid: string; imsi?: string } | null = null;
  let isHung = false;
  let isEchoing = make.echoes ?? false;
  let pending = '';

  function answerTo(command: string): string {
    if (command === 'AT' || command === 'ATE0') return 'OK';
    if (command === make.question) return sim === null ? '+CME ERROR: 10' : `${make.answer(sim.iccid)}\r\n\r\nOK`;
    if (command === 'AT+CIMI') return sim?.imsi === undefined ? '+CME ERROR: 11' : `${sim.imsi}\r\n\r\nOK`;
    return 'ERROR';
  }

  function receive(command: string) {
    commands.push(command);
    if (isHung) return;
    const echo = isEchoing ? `${command}\r` : '';
    if (command === 'ATE0') isEchoing = false;
    // A modem that is unplugged while it answers is no error.
    cable.send(`${echo}\r\n${answerTo(command)}\r\n`).catch(() => undefined);
  }

  cable.onReceive((text) => {
    const parts = (pending + text).split('\r');
    pending = parts.pop() ?? '';
    for (const command of parts) receive(command.trim());
  });
  return {
    cable,
    commands,
    setSim: (next) => {
      sim = next;
    },
    hang: () => {
      isHung = true;
    },
  };
}
