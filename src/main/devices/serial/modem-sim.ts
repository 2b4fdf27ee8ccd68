import { iccidDigits } from '#core/scan/iccid.ts';
import { decodeIccid } from '#core/scan/sim-apdu.ts';
import type { AtChannel } from './at-channel.ts';

/** What a modem says about its SIM; `silent` when it does not answer at all. */
export type ModemSim = { readonly state: 'present'; readonly iccid: string } | { readonly state: 'absent' | 'silent' };

/** The makers' ways to ask, the common ones first; the last reads EF_ICCID (2FE2) itself, nibbles swapped. */
const QUESTIONS = ['AT+CCID', 'AT+ICCID', 'AT^ICCID?', 'AT+CRSM=176,12258,0,0,10'] as const;

/** The ICCID in a modem's answer, in bare digits; some modems give the file's bytes as they are, which begin with 98. */
export function iccidInAnswer(lines: readonly string[]): string | null {
  for (const line of lines) {
    const found = /(?<![0-9a-f])(89\d{16,18}|98[0-9a-f]{16,18})f*(?![0-9a-f])/i.exec(line)?.[1];
    if (found === undefined) continue;
    const digits = found.startsWith('98') ? decodeIccid(Uint8Array.from(Buffer.from(found, 'hex'))) : found;
    const iccid = digits === null ? null : iccidDigits(digits);
    if (iccid !== null) return iccid;
  }
  return null;
}

export interface ModemSimReader {
  iccid(): Promise<ModemSim>;
  /** The IMSI; null when the modem gives none (a SIM that waits for its PIN, which is never tried). */
  imsi(): Promise<string | null>;
}

/** Asks a modem for its SIM, and remembers which question it understands. */
export function createModemSimReader(channel: AtChannel): ModemSimReader {
  let known: string | null = null;
  return {
    async iccid() {
      for (const question of known === null ? QUESTIONS : [known]) {
        const answer = await channel.ask(question);
        if (!answer.ok && answer.reason !== 'error') return { state: 'silent' };
        const iccid = answer.ok ? iccidInAnswer(answer.lines) : null;
        if (iccid === null) continue;
        known = question;
        return { state: 'present', iccid };
      }
      return { state: 'absent' };
    },
    async imsi() {
      const answer = await channel.ask('AT+CIMI');
      const line = answer.ok ? answer.lines.find((text) => /^\d{14,15}$/.test(text)) : undefined;
      return line ?? null;
    },
  };
}
