import { type CheckTools, checkTasks, templatesIn } from './check.ts';
import { type Expanded, expand } from './expand.ts';
import { type Problem, type SourceFile, sortProblems } from './problem.ts';
import type { Program, ProgramTask } from './program.ts';
import { type Entry, type RawPlaybook, readPlaybook } from './raw.ts';

export interface Compiled {
  readonly programs: ReadonlyMap<string, Program>;
  /** Of all files at once, so that they can be put right in one go. */
  readonly problems: readonly Problem[];
}

/**
 * Compiles playbooks that may include each other. Only those without a problem, their own or an included one's, become
 * programs. `unreadable` names playbooks whose file has no value at all: an include of one is not an unknown playbook.
 */
export function compile(
  sources: readonly SourceFile[],
  tools: CheckTools,
  unreadable: readonly string[] = [],
): Compiled {
  const read = sources.map(readPlaybook);
  const known = new Map<string, RawPlaybook | null>(unreadable.map((name) => [name, null]));
  for (const [index, { playbook }] of read.entries()) known.set(sources[index]?.name ?? '', playbook);
  const raw = [...known.values()].filter((playbook) => playbook !== null);
  const problems = read.flatMap((one) => one.problems);
  const broken = new Set(problems.map(({ file }) => file));
  const programs = new Map<string, Program>();
  for (const playbook of raw) {
    const expanded = expand(playbook, known);
    const found = [
      ...expanded.problems,
      ...checkVars(playbook),
      ...checkTasks(expanded.tasks, Object.keys(expanded.vars), tools),
    ];
    problems.push(...found);
    const files = [playbook.source.file, ...expanded.tasks.map(({ source }) => source.file)];
    if (found.length === 0 && !expanded.incomplete && !files.some((file) => broken.has(file))) {
      programs.set(playbook.source.name, programOf(playbook, expanded));
    }
  }
  return { programs, problems: sortProblems(distinct(problems)) };
}

/** Defaults are plain values: a template among them would have nothing to work on. */
function checkVars(playbook: RawPlaybook): Problem[] {
  return templatesIn(playbook.vars, ['vars']).map(({ path }) => ({
    file: playbook.source.file,
    ...playbook.source.at(path),
    code: 'bad_template',
    message: 'vars are plain values; use templates in the tasks',
  }));
}

/** A problem of an included file is found once for each playbook that includes it. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
}

function programOf(playbook: RawPlaybook, expanded: Expanded): Program {
  return {
    name: playbook.source.name,
    description: playbook.description,
    vars: expanded.vars,
    tasks: expanded.tasks.flatMap(taskOf),
  };
}

function taskOf(entry: Entry): ProgramTask[] {
  if (!('task' in entry.content)) return [];
  const { ignore_errors, timeout, ...task } = entry.content.task;
  const source = `${entry.source.file}:${entry.source.at(entry.path).line}`;
  return [{ ...task, ignoreErrors: ignore_errors, timeoutSeconds: timeout, source }];
}
