import { hash, verify } from '@node-rs/argon2';

// @node-rs/argon2's own defaults are OWASP's for argon2id: 19 MiB, 2 passes, 1 lane.
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Of no password anyone knows; checked for unknown addresses, so that they take as long as known ones. */
let decoy: Promise<string> | undefined;

/** Whether the password is right. Takes the same time when there is no hash to compare with. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash(crypto.randomUUID());
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}
