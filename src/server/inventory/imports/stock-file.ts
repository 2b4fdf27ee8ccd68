import { identifierSchema } from '#core/domain/inventory.ts';
import {
  isSimOutput,
  isSimOutputData,
  printedIccid,
  printedImsi,
  readSimOutputHeader,
  splitSimOutputLine,
} from '#core/inventory/sim-output.ts';
import { type MappedColumn, mapColumns } from '#core/inventory/stock-columns.ts';
import { csvRecords, delimiterOf, type FileRecord, parseRecord } from './csv-records.ts';
import { unreadable } from './decode.ts';

/** A file whose header was understood. */
export interface StockFile {
  readonly format: 'csv' | 'sim_output';
  readonly columns: readonly MappedColumn[];
  /** Rows, told before they are read; a cell with line breaks makes it a little too high. */
  readonly total: number;
  records(): Iterable<FileRecord>;
}

const MAX_COLUMNS = 200;

/** Reads the header of a stock file. Throws import_unreadable: `no_known_column`, `no_columns`, `too_many_columns`. */
export function openStockFile(text: string, chosen: Record<string, string> = {}): StockFile {
  const lines = text.split(/\r\n|\n|\r/);
  const file = isSimOutput(text) ? openSimOutput(lines, chosen) : openCsv(lines, chosen);
  const known = file.columns.some(({ field }) => identifierSchema.options.some((identifier) => identifier === field));
  if (!known) throw unreadable('no_known_column', 1);
  return file;
}

function openCsv(lines: readonly string[], chosen: Record<string, string>): StockFile {
  const first = lines.findIndex((line) => line.trim() !== '');
  // Excel's own first line, which says how the rest is separated.
  const said = /^"?sep=(.)"?$/i.exec((lines[first] ?? '').trim())?.[1];
  const at = said === undefined ? first : first + 1;
  const header = lines[at] ?? '';
  const delimiter = said ?? delimiterOf(header);
  const names = parseRecord(header, delimiter);
  if (names === null) throw unreadable('no_columns', at + 1);
  if (names.length > MAX_COLUMNS) throw unreadable('too_many_columns', at + 1);
  const start = at + 1;
  return {
    format: 'csv',
    columns: mapColumns(names, chosen),
    total: countFrom(lines, start, (line) => line.trim() !== ''),
    records: () => csvRecords(lines, { start, delimiter, columns: names.length }),
  };
}

function openSimOutput(lines: readonly string[], chosen: Record<string, string>): StockFile {
  const header = readSimOutputHeader(lines, chosen);
  if (header === null) throw unreadable('no_columns');
  const { columns, firstLine } = header;
  return {
    format: 'sim_output',
    columns,
    total: countFrom(lines, firstLine, isSimOutputData),
    records: () => simOutputRecords(lines, firstLine, columns),
  };
}

function* simOutputRecords(
  lines: readonly string[],
  start: number,
  columns: readonly MappedColumn[],
): Generator<FileRecord> {
  for (let at = start; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (!isSimOutputData(text)) continue;
    const values = splitSimOutputLine(text, columns.length);
    if (values.length !== columns.length) {
      yield { line: at + 1, broken: 'wrong_column_count', columns: values.length };
    } else yield { line: at + 1, values: values.map((value, index) => printed(value, columns[index])) };
  }
}

function printed(value: string, column: MappedColumn | undefined): string {
  if (column?.field === 'iccid') return printedIccid(value);
  return column?.field === 'imsi' ? printedImsi(value) : value;
}

function countFrom(lines: readonly string[], start: number, counts: (line: string) => boolean): number {
  let total = 0;
  for (let at = start; at < lines.length; at += 1) if (counts(lines[at] ?? '')) total += 1;
  return total;
}
