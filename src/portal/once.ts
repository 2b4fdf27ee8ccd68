/** Keys of calls whose outcome is not known: the same call again has the same key, so that it is done once. */
const open = new Map<string, string>();

const nameOf = (path: readonly string[], input: unknown): string =>
  `${path.join('.')} ${JSON.stringify(input ?? null)}`;

/** The Idempotency-Key of a call: that of the try before, if that one never got its answer. */
export function keyFor(path: readonly string[], input: unknown): string {
  const name = nameOf(path, input);
  const key = open.get(name) ?? crypto.randomUUID();
  open.set(name, key);
  return key;
}

/** A call has got its answer: the same again is another act. */
export function sentKey(path: readonly string[], input: unknown): void {
  open.delete(nameOf(path, input));
}
