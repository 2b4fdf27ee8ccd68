import type { z } from 'zod';

/** What a schema refuses, field by field, each with the screen's words for it. */
export function wrongFields(
  schema: z.ZodType,
  values: unknown,
  say: (field: string) => string,
): Record<string, string> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return {};
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  return Object.fromEntries([...names].map((name) => [name, say(name)]));
}
