import { fail } from '../../http/errors.ts';

const UTF16 = { fffe: 'utf-16le', feff: 'utf-16be' } as const;

/** Why a file can't be read as a whole. */
export function unreadable(reason: string, line: number | null = null) {
  return fail('import_unreadable', { reason, line });
}

/**
 * The text of a file: UTF-8 or UTF-16 with their marks, UTF-8 without, else Windows-1252, which old spreadsheets write.
 * Throws import_unreadable: `empty`, `spreadsheet` (an .xlsx is to be saved as CSV) or `binary`.
 */
export function decodeFile(bytes: Uint8Array): string {
  if (bytes.length === 0) throw unreadable('empty');
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start === '504b0304' || start === 'd0cf11e0') throw unreadable('spreadsheet');
  const text = decoded(bytes, UTF16[start.slice(0, 4) as keyof typeof UTF16]);
  if (text.slice(0, 100_000).includes('\0')) throw unreadable('binary');
  if (text.trim() === '') throw unreadable('empty');
  return text;
}

function decoded(bytes: Uint8Array, marked: string | undefined): string {
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
