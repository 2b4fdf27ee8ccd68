import type { Identifier, Identifiers, InventoryTemplate, ItemStatus } from '../domain/inventory.ts';
import { normaliseIdentifiers, type Spelling } from './identifiers.ts';
import { normaliseSecret, SIM_SECRETS, type SimSecret, type SimSecrets } from './secrets.ts';
import { foldHeader, type MappedColumn, type StockField } from './stock-columns.ts';

/** The states in which stock may arrive. */
export type ArrivalStatus = Extract<ItemStatus, 'new' | 'in_stock' | 'faulty' | 'retired'>;

/** One row of a stock file, checked and in stored form. */
export interface StockRow {
  readonly line: number;
  readonly template: string;
  readonly identifiers: Identifiers;
  readonly secrets: SimSecrets;
  /** Null: one is made. */
  readonly label: string | null;
  readonly status: ArrivalStatus;
  readonly storeId: number | null;
}

/** Why a row was not taken. `value` is never a secret. */
export interface StockProblem {
  readonly code:
    | 'missing_identifier'
    | 'invalid_identifier'
    | 'invalid_secret'
    | 'invalid_label'
    | 'duplicate_in_file'
    | 'item_conflict'
    | 'wrong_column_count'
    | 'broken_quotes'
    | 'unknown_template'
    | 'unknown_store'
    | 'other_store'
    | 'unknown_status';
  readonly field: string | null;
  readonly value: string | null;
}

export interface StockContext {
  readonly columns: readonly MappedColumn[];
  readonly templates: readonly InventoryTemplate[];
  /** Slug for rows that name none. */
  readonly template: string | null;
  readonly stores: readonly { readonly id: number; readonly name: string }[];
  /** For rows that name none. */
  readonly storeId: number | null;
  /** The only store the importer may receive into; null: any. */
  readonly ownStoreId: number | null;
  readonly spelling?: Spelling;
}

export type StockReading = { readonly row: StockRow } | { readonly problem: StockProblem };

/** Words for the states in which stock may arrive, folded; an empty cell is in stock. */
const STATUS_WORDS: ReadonlyMap<string, ArrivalStatus> = new Map(
  (
    [
      [
        'in_stock',
        ['', 'instock', 'stock', 'available', 'enstock', 'disponible', 'enexistencia', 'emestoque', 'disponivel'],
      ],
      ['new', ['new', 'nouveau', 'neuf', 'nuevo', 'novo']],
      ['faulty', ['faulty', 'defective', 'defectueux', 'defectuoso', 'defeituoso']],
      ['retired', ['retired', 'retire', 'retirado']],
    ] as const
  ).flatMap(([status, words]) => words.map((word) => [word, status] as const)),
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const LABEL = /^[^\u0000-\u001f\u007f]{1,100}$/u;

function fail(code: StockProblem['code'], field: StockField, value: string | null): { problem: StockProblem } {
  return { problem: { code, field, value } };
}

/** A cell without what spreadsheets add to keep long numbers text: `="8944…"`, a leading apostrophe. */
function bareCell(text: string): string {
  return text
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim();
}

function cellsOf(columns: readonly MappedColumn[], values: readonly string[]): Partial<Record<StockField, string>> {
  const cells: Partial<Record<StockField, string>> = {};
  for (const [index, { field }] of columns.entries()) {
    if (field !== null) cells[field] = bareCell(values[index] ?? '');
  }
  return cells;
}

function findTemplate(context: StockContext, cell: string): InventoryTemplate | undefined {
  if (cell === '') return context.templates.find(({ slug }) => slug === context.template);
  const word = foldHeader(cell);
  return context.templates.find(({ slug, name }) => foldHeader(slug) === word || foldHeader(name) === word);
}

function findStore(context: StockContext, cell: string): number | null | undefined {
  if (cell === '') return context.storeId;
  const word = cell.toLocaleLowerCase();
  return context.stores.find(({ id, name }) => String(id) === cell || name.toLocaleLowerCase() === word)?.id;
}

function readSecrets(cells: Partial<Record<StockField, string>>): SimSecrets | SimSecret {
  const secrets: SimSecrets = {};
  for (const kind of SIM_SECRETS) {
    const text = cells[kind] ?? '';
    if (text === '') continue;
    const value = normaliseSecret(kind, text);
    if (value === null) return kind;
    secrets[kind] = value;
  }
  return secrets;
}

function readPlace(context: StockContext, cell: string): { storeId: number | null } | { problem: StockProblem } {
  const storeId = findStore(context, cell);
  if (storeId === undefined) return fail('unknown_store', 'store', cell);
  const foreign = context.ownStoreId !== null && storeId !== null && storeId !== context.ownStoreId;
  return foreign ? fail('other_store', 'store', cell) : { storeId };
}

const LONGEST_VALUE = 200;
/** PIN, PUK, Ki, OPc and an eSIM's activation code by their shape. */
const LIKE_A_SECRET = /^(?:\d{4,8}|[0-9A-F]{32,}|(?:LPA:)?1\$.*)$/i;

/**
 * Reads the cells of one row (BK-4, domain.md: errors are reported per row). Never throws on what a file holds. Where the
 * file has secrets, a wrong value that may be one that slipped into the wrong column is not repeated.
 */
export function readStockRow(context: StockContext, line: number, values: readonly string[]): StockReading {
  const reading = readCells(context, line, values);
  if (!('problem' in reading) || reading.problem.value === null) return reading;
  const { value } = reading.problem;
  const hasSecrets = context.columns.some(({ field }) => SIM_SECRETS.some((secret) => secret === field));
  const told = hasSecrets && LIKE_A_SECRET.test(value) ? null : value.slice(0, LONGEST_VALUE);
  return { problem: { ...reading.problem, value: told } };
}

function readCells(context: StockContext, line: number, values: readonly string[]): StockReading {
  const cells = cellsOf(context.columns, values);
  const template = findTemplate(context, cells.template ?? '');
  if (template === undefined) return fail('unknown_template', 'template', cells.template ?? null);
  const read = normaliseIdentifiers(
    template.identifiers,
    cells as Partial<Record<Identifier, string>>,
    context.spelling,
  );
  if ('problem' in read) return read;
  const secrets = readSecrets(cells);
  if (typeof secrets === 'string') return fail('invalid_secret', secrets, null);
  const status = STATUS_WORDS.get(foldHeader(cells.status ?? ''));
  if (status === undefined) return fail('unknown_status', 'status', cells.status ?? null);
  const place = readPlace(context, cells.store ?? '');
  if ('problem' in place) return place;
  const label = cells.label || null;
  if (label !== null && !LABEL.test(label)) return fail('invalid_label', 'label', label.slice(0, 100));
  return { row: { line, template: template.slug, identifiers: read.identifiers, secrets, label, status, ...place } };
}

/** What a file without a template holds, told by its columns: cards have an ICCID, numbers a number. */
export function inferTemplate(columns: readonly MappedColumn[]): string | null {
  const fields = new Set(columns.map(({ field }) => field));
  if (fields.has('iccid')) return 'sim_card';
  return fields.has('msisdn') && !fields.has('serial') && !fields.has('mac') ? 'mobile_number' : null;
}
