/** One text for one value: object keys sorted, no blanks. The value must be JSON. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** The value as PostgreSQL's jsonb gives it back: plain JSON, without the NUL characters that jsonb refuses. */
export function storable<T extends Record<string, unknown>>(value: T): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value, (_key, field) => (typeof field === 'string' ? withoutNul(field) : field)));
}

function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
