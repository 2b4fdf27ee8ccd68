import { v7 as uuidv7 } from 'uuid';
import { scanReadings } from '#core/scan/classify.ts';
import type { Scan, ScanSource } from '#core/scan/schema.ts';

/** What a device sent, before it is a scan. */
export interface RawScan {
  readonly deviceId: string;
  readonly source: ScanSource;
  readonly text: string;
  readonly receivedAt: number;
}

/** A reader that is held on a code sends it again and again: as long as it repeats within this time, it is one scan. */
const REPEAT_MS = 300;

/** A scan with its id, its meaning and the time `at`. */
export function createScan({ deviceId, source, text, receivedAt }: RawScan, at: Date): Scan {
  const [value, ...alternatives] = scanReadings(text);
  return { id: uuidv7(), source, deviceId, text, value, alternatives, at: at.toISOString(), receivedAt };
}

/** A function that tells what is a scan from what is only its repetition, or empty. */
export function createRepeatFilter(): (raw: RawScan) => boolean {
  const last = new Map<string, { text: string; receivedAt: number }>();
  return ({ deviceId, text, receivedAt }) => {
    const before = last.get(deviceId);
    last.set(deviceId, { text, receivedAt });
    return text.trim() !== '' && (before?.text !== text || receivedAt - before.receivedAt >= REPEAT_MS);
  };
}
