import { z } from 'zod';
import { TASK_TIMEOUT_SECONDS } from '../domain/provisioning.ts';
import { parseDuration } from './duration.ts';
import { type Problem, problemAt, type SourceFile, type ValuePath } from './problem.ts';
import { didYouMean } from './suggest.ts';

/** Attempts after the first one, unless a task says otherwise. */
export const DEFAULT_RETRIES = 2;

const keySchema = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a key is lower case letters, digits and _');
const durationSchema = z.union([z.string(), z.number()]).transform((value, context) => {
  const seconds = parseDuration(value);
  if (seconds !== null) return seconds;
  context.addIssue({ code: 'custom', params: { problem: 'bad_duration' }, message: badDuration(value) });
  return z.NEVER;
});
const stepShape = { uses: z.string(), with: z.record(z.string(), z.unknown()).default({}) };
const rawStepSchema = z.strictObject(stepShape);

const rawTaskSchema = z.strictObject({
  ...stepShape,
  key: keySchema,
  name: z.string().trim().min(1),
  subject: z.string().nullable().default(null),
  when: z.union([z.string(), z.boolean()]).transform(String).nullable().default(null),
  ignore_errors: z.boolean().default(false),
  timeout: durationSchema.default(TASK_TIMEOUT_SECONDS),
  retries: z.int().min(0).max(20).default(DEFAULT_RETRIES),
  rescue: z.array(rawStepSchema).nullable().default(null),
});
export type RawTask = z.infer<typeof rawTaskSchema>;

const rawIncludeSchema = z.strictObject({ include: z.string() });
const rawPlaybookSchema = z.strictObject({
  description: z.string().default(''),
  vars: z.record(keySchema, z.unknown()).default({}),
  tasks: z.array(z.unknown()).min(1),
});

/** An entry of the list, with its place in its file. */
export interface Entry {
  readonly source: SourceFile;
  readonly path: ValuePath;
  readonly content: { include: string } | { task: RawTask };
}

export interface RawPlaybook {
  readonly source: SourceFile;
  readonly description: string;
  readonly vars: Record<string, unknown>;
  readonly entries: readonly Entry[];
}

const badDuration = (value: unknown) => `${JSON.stringify(value)} is no duration; write 30s, 5m or 2h`;
const isInclude = (value: unknown) => typeof value === 'object' && value !== null && 'include' in value;

/** Reads one playbook's value. What can't be read is left out and told in `problems`. */
export function readPlaybook(source: SourceFile): { playbook: RawPlaybook | null; problems: Problem[] } {
  const outer = rawPlaybookSchema.safeParse(source.value);
  const problems = outer.error ? problemsOf(source, [], outer.error, rawPlaybookSchema) : [];
  const tasks = z.object({ tasks: z.array(z.unknown()) }).safeParse(source.value).data?.tasks ?? [];
  const entries = tasks.flatMap((value, index) => readEntry(source, ['tasks', index], value, problems));
  if (!outer.success) return { playbook: null, problems };
  return { playbook: { source, description: outer.data.description, vars: outer.data.vars, entries }, problems };
}

function readEntry(source: SourceFile, path: ValuePath, value: unknown, problems: Problem[]): Entry[] {
  const schema = isInclude(value) ? rawIncludeSchema : rawTaskSchema;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    problems.push(...problemsOf(source, path, parsed.error, schema));
    return [];
  }
  const content = 'include' in parsed.data ? parsed.data : { task: parsed.data };
  return [{ source, path, content }];
}

function problemsOf(source: SourceFile, base: ValuePath, error: z.ZodError, schema: z.ZodObject): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...base, ...(issue.path as ValuePath)];
    if (issue.code === 'unrecognized_keys') {
      const known = issue.path.length === 0 ? Object.keys(schema.shape) : Object.keys(rawStepSchema.shape);
      return issue.keys.map((key) =>
        problemAt(source, [...path, key], 'unknown_field', `unknown field ${key}${didYouMean(key, known)}`, true),
      );
    }
    const field = String(issue.path.at(-1) ?? '');
    if (issue.code === 'invalid_type' && issue.path.length > 0 && !exists(source.value, path)) {
      return [problemAt(source, path.slice(0, -1), 'missing_field', `${field} is missing`)];
    }
    const code = issue.code === 'custom' && issue.params?.problem === 'bad_duration' ? 'bad_duration' : 'wrong_shape';
    const text = field === '' ? issue.message : `${field}: ${issue.message}`;
    return [problemAt(source, path, code, text)];
  });
}

function exists(value: unknown, path: ValuePath): boolean {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !(step in current)) return false;
    current = (current as Record<string | number, unknown>)[step];
  }
  return true;
}
