import { parse } from 'csv-parse/sync';

/** One record of a file by its first line, 1-based; or why it can't be told into cells. */
export type FileRecord =
  | { readonly line: number; readonly values: readonly string[] }
  | { readonly line: number; readonly broken: 'broken_quotes' | 'wrong_column_count'; readonly columns: number };

/** A quoted cell may hold line breaks; a quote that nobody closed must not swallow the rest of the file. */
const LINES_PER_RECORD = 50;
const DELIMITERS = [',', ';', '\t', '|'];

/** The sign that separates most cells of a header line, outside quotes; a comma when there is only one cell. */
export function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((sign) => [bare.split(sign).length, sign] as const);
  return counts.reduce((best, each) => (each[0] > best[0] ? each : best))[1];
}

function quotesIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) count += 1;
  return count;
}

/** The cells of one record by RFC 4180, or null when its quotes are not right. A stray quote inside a cell is a sign. */
export function parseRecord(text: string, delimiter: string): string[] | null {
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim());
  try {
    const options = { delimiter, trim: true, relax_column_count: true, relax_quotes: true, record_delimiter: '\u0000' };
    const records: string[][] = parse(text, options);
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** Without the empty cells that a spreadsheet leaves at the end; null when there are too few or too many. */
function fitted(values: readonly string[], columns: number): readonly string[] | null {
  const surplus = values.slice(columns);
  return values.length < columns || surplus.some((cell) => cell !== '') ? null : values.slice(0, columns);
}

/** Lines from `start` on that together close every quote, at most LINES_PER_RECORD; 0 when they don't. */
function linesOfRecord(lines: readonly string[], start: number): number {
  let quotes = 0;
  for (let count = 0; count < LINES_PER_RECORD && start + count < lines.length; count += 1) {
    quotes += quotesIn(lines[start + count] ?? '');
    if (quotes % 2 === 0) return count + 1;
  }
  return 0;
}

/**
 * The records of a CSV file after its header, one by one. Each broken record is told on its own and costs no other:
 * when quotes don't close, only their first line is lost.
 */
export function* csvRecords(
  lines: readonly string[],
  { start, delimiter, columns }: { readonly start: number; readonly delimiter: string; readonly columns: number },
): Generator<FileRecord> {
  for (let at = start; at < lines.length; ) {
    const line = at + 1;
    if ((lines[at] ?? '').trim() === '') {
      at += 1;
      continue;
    }
    const count = linesOfRecord(lines, at);
    const values = count === 0 ? null : parseRecord(lines.slice(at, at + count).join('\n'), delimiter);
    const cells = values === null ? null : fitted(values, columns);
    if (cells !== null) yield { line, values: cells };
    else if (values === null || count > 1) yield { line, broken: 'broken_quotes', columns: 0 };
    else yield { line, broken: 'wrong_column_count', columns: values.length };
    at += cells === null ? 1 : count;
  }
}
