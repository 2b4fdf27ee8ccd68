import type { z } from 'zod';
import { type Problem, problemAt, type ValuePath } from './problem.ts';
import type { Entry } from './raw.ts';
import { type Scope, scopeOf, whyUnknown } from './scope.ts';
import { didYouMean } from './suggest.ts';

/** Every action's arguments, by connector and action. */
export type ActionCatalogue = ReadonlyMap<string, ReadonlyMap<string, z.ZodObject>>;

/** Paths of the variables a template uses, or why it can't be read. */
export type TemplateReading = { readonly variables: readonly (readonly (string | number)[])[] } | { error: string };

/** Reads templates without rendering them. */
export interface TemplateAnalyser {
  text(template: string): TemplateReading;
  condition(expression: string): TemplateReading;
}

export interface CheckTools {
  readonly actions: ActionCatalogue;
  readonly templates: TemplateAnalyser;
}

interface Step {
  readonly uses: string;
  readonly with: Record<string, unknown>;
}

/** Checks laid-out tasks: keys, actions, arguments, templates and variables. Problems stand where they are written. */
export function checkTasks(tasks: readonly Entry[], vars: readonly string[], tools: CheckTools): Problem[] {
  const problems: Problem[] = [];
  const earlier: string[] = [];
  for (const entry of tasks) {
    if (!('task' in entry.content)) continue;
    const { task } = entry.content;
    const scope = scopeOf(vars, earlier);
    if (earlier.includes(task.key)) {
      problems.push(
        problemAt(entry.source, [...entry.path, 'key'], 'duplicate_key', `another task has the key ${task.key}`),
      );
    }
    problems.push(...checkStep(entry, entry.path, task, scope, tools));
    // What undoes a task may use what the task gave.
    const after = scopeOf(vars, [...earlier, task.key]);
    for (const [index, step] of (task.rescue ?? []).entries()) {
      problems.push(...checkStep(entry, [...entry.path, 'rescue', index], step, after, tools));
    }
    if (task.when !== null) {
      problems.push(...checkReading(entry, [...entry.path, 'when'], tools.templates.condition(task.when), scope));
    }
    if (task.subject !== null) {
      problems.push(...checkReading(entry, [...entry.path, 'subject'], tools.templates.text(task.subject), scope));
    }
    earlier.push(task.key);
  }
  return problems;
}

function checkStep(entry: Entry, path: ValuePath, step: Step, scope: Scope, tools: CheckTools): Problem[] {
  const values = templatesIn(step.with, [...path, 'with']).flatMap(({ path: at, text }) =>
    checkReading(entry, at, tools.templates.text(text), scope),
  );
  const input = actionInput(entry, path, step.uses, tools.actions);
  return 'problem' in input
    ? [...values, input.problem]
    : [...values, ...checkArguments(entry, path, step, input.input)];
}

function actionInput(
  entry: Entry,
  path: ValuePath,
  uses: string,
  actions: ActionCatalogue,
): { input: z.ZodObject } | { problem: Problem } {
  const [connector = '', action = ''] = uses.split('.');
  const at = [...path, 'uses'];
  const known = actions.get(connector);
  if (known === undefined) {
    const message = `unknown connector ${connector}${didYouMean(connector, actions.keys())}`;
    return { problem: problemAt(entry.source, at, 'unknown_connector', message) };
  }
  const input = known.get(action);
  if (input !== undefined && uses === `${connector}.${action}`) return { input };
  const message = `unknown action ${uses}${didYouMean(
    uses,
    [...known.keys()].map((name) => `${connector}.${name}`),
  )}`;
  return { problem: problemAt(entry.source, at, 'unknown_action', message) };
}

/** Names are always checked; values only where they are written out, because a template's value is not known yet. */
function checkArguments(entry: Entry, path: ValuePath, step: Step, input: z.ZodObject): Problem[] {
  const at = [...path, 'with'];
  const names = Object.keys(input.shape);
  const unknown = Object.keys(step.with)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const message = `${step.uses} takes no argument ${name}${didYouMean(name, names)}`;
      return problemAt(entry.source, [...at, name], 'unknown_argument', message, true);
    });
  const missing = names
    .filter((name) => !(name in step.with) && !(input.shape[name] as z.ZodType).safeParse(undefined).success)
    .map((name) => problemAt(entry.source, [...path, 'uses'], 'missing_argument', `${step.uses} needs ${name}`));
  const bad = Object.entries(step.with).flatMap(([name, value]) => {
    const schema = input.shape[name] as z.ZodType | undefined;
    if (schema === undefined || templatesIn(value, []).length > 0) return [];
    const issue = schema.safeParse(value).error?.issues[0];
    if (issue === undefined) return [];
    return [
      problemAt(entry.source, [...at, name, ...(issue.path as ValuePath)], 'bad_argument', `${name}: ${issue.message}`),
    ];
  });
  return [...unknown, ...missing, ...bad];
}

function checkReading(entry: Entry, path: ValuePath, reading: TemplateReading, scope: Scope): Problem[] {
  if ('error' in reading) return [problemAt(entry.source, path, 'bad_template', reading.error)];
  return reading.variables
    .map((variable) => whyUnknown(scope, variable))
    .filter((why) => why !== null)
    .map((why) => problemAt(entry.source, path, 'unknown_variable', why));
}

/** Every string with template marks in a tree of values. */
export function templatesIn(value: unknown, path: ValuePath): { path: ValuePath; text: string }[] {
  if (typeof value === 'string') return /\{\{|\{%/.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((part, index) => templatesIn(part, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => templatesIn(part, [...path, key]));
}
