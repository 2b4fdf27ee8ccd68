import { type MappedColumn, mapColumns } from './stock-columns.ts';

/*
 * The output file of a SIM maker, as personalisation bureaus have sent it since GSM: lines of stars and comments
 * (`* Customer: …` or `Customer : …`), `Var_In:` with the first card's values, `Var_Out:` naming the columns, then one
 * line per card with values in that order. Names are joined by `/` and may hold spaces (`Code ADM`); values are
 * separated by blanks, or by the same sign as the names, a comma, a semicolon or a bar.
 */

export interface SimOutputHeader {
  /** `Customer`, `Quantity`, `Batch` … as the file gives them. */
  readonly description: ReadonlyMap<string, string>;
  readonly columns: readonly MappedColumn[];
  /** Index of the first line that may be a card, 0-based. */
  readonly firstLine: number;
}

const VAR_OUT = /^[*\s]*var[_ ]?out\s*:?\s*(.*)$/i;
const VAR_LINE = /^[*\s]*var[_ ]?(?:in|out)\b/i;
const DESCRIPTION = /^[*\s]*([^:*]+?)\s*:\s*(.*?)[*\s]*$/;
const HEADER_LINES = 200;

/** True when a text begins like a SIM maker's output file: it has a `Var_Out` line among its first lines. */
export function isSimOutput(text: string): boolean {
  return text.split(/\r\n|\r|\n/, HEADER_LINES).some((line) => VAR_OUT.test(line));
}

/** Separates names by the strongest separator present: names may hold blanks when something else joins them. */
function splitNames(text: string): string[] {
  const separator = ['/', ';', ',', '|', '\t'].find((sign) => text.includes(sign)) ?? /\s+/;
  return text
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * Reads the header block. Null when no `Var_Out` line names columns within the first lines. The names may stand on the
 * lines after `Var_Out:` when that line is empty itself.
 */
export function readSimOutputHeader(lines: readonly string[], chosen?: Record<string, string>): SimOutputHeader | null {
  const description = new Map<string, string>();
  for (const [index, line] of lines.slice(0, HEADER_LINES).entries()) {
    const match = VAR_OUT.exec(line);
    if (match !== null) {
      const own = splitNames(match[1] ?? '');
      const next = lines.findIndex((text, at) => at > index && isSimOutputData(text));
      const names = own.length > 0 || next === -1 ? own : splitNames(lines[next] ?? '');
      if (names.length === 0) return null;
      return { description, columns: mapColumns(names, chosen), firstLine: (own.length > 0 ? index : next) + 1 };
    }
    const said = DESCRIPTION.exec(line);
    if (said?.[1] !== undefined && !VAR_LINE.test(line)) description.set(said[1], said[2] ?? '');
  }
  return null;
}

/** False for the lines between the cards: empty ones, comments, rows of stars. */
export function isSimOutputData(line: string): boolean {
  return line.trim() !== '' && !line.trimStart().startsWith('*');
}

/** The values of one card, in column order. */
export function splitSimOutputLine(line: string, columns: number): string[] {
  const text = line.trim();
  const split = ['/', ';', ',', '|', '\t'].map((sign) => text.split(sign).map((value) => value.trim()));
  return split.find((values) => values.length === columns) ?? text.split(/\s+/);
}

/** Undoes the nibble swap of EF_ICCID (TS 102 221 13.2): `98440000…F1` is how `8944…1` lies in the card. */
export function unswapNibbles(text: string): string {
  return text.replace(/(.)(.)/g, '$2$1');
}

/** The ICCID column of a maker's file: as printed, or as it lies in the card. */
export function printedIccid(text: string): string {
  const bare = text.replace(/\s/g, '');
  return /^98[\dF]{16,18}$/i.test(bare) ? unswapNibbles(bare) : bare;
}

/** The IMSI column of a maker's file: as digits, or as EF_IMSI holds it (TS 31.102 4.2.2): `08`, `9` and its digits swapped. */
export function printedImsi(text: string): string {
  const bare = text.replace(/\s/g, '');
  return /^08[\dF]{16}$/i.test(bare) ? unswapNibbles(bare.slice(2)).slice(1).replace(/F+$/i, '') : bare;
}
