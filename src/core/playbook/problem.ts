/** Keys and indexes from the root of a playbook to one of its values. */
export type ValuePath = readonly (string | number)[];

/** 1-based place in a file. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A playbook's file, read: its value, and where each part of it stands. */
export interface SourceFile {
  /** The file's name without its ending; playbooks are asked for by it. */
  readonly name: string;
  readonly file: string;
  readonly value: unknown;
  /** Place of a value, or of its nearest parent that exists. `key` asks for the place of its key instead. */
  at(path: ValuePath, key?: boolean): Position;
}

export type ProblemCode =
  | 'invalid_yaml'
  | 'wrong_shape'
  | 'unknown_field'
  | 'missing_field'
  | 'duplicate_key'
  | 'bad_duration'
  | 'unknown_playbook'
  | 'include_cycle'
  | 'unknown_connector'
  | 'unknown_action'
  | 'unknown_argument'
  | 'missing_argument'
  | 'bad_argument'
  | 'bad_template'
  | 'unknown_variable';

/** Why a playbook is refused: told to the operator with its file and line. */
export interface Problem extends Position {
  readonly file: string;
  readonly code: ProblemCode;
  readonly message: string;
}

export function problemAt(
  source: SourceFile,
  path: ValuePath,
  code: ProblemCode,
  message: string,
  key = false,
): Problem {
  return { file: source.file, ...source.at(path, key), code, message };
}

/** For example `mobile-plan.yaml:12:9: unknown action ocs.creatAccount; did you mean ocs.createAccount?` */
export function describeProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** In the order an editor shows them. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
