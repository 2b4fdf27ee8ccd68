import type { SecretStore } from '../session/secret-store.ts';

/** A PIN's hash, sealed as well: six digits alone would not hold out against someone who has the file. */
export async function sealPin(secrets: SecretStore, pin: string): Promise<string> {
  const { hash } = await argon2();
  // The library's own defaults are OWASP's for argon2id: 19 MiB, 2 passes, 1 lane.
  return secrets.seal(await hash(pin));
}

export async function isPin(secrets: SecretStore, sealed: string, pin: string): Promise<boolean> {
  const { verify } = await argon2();
  const hash = await secrets.open(sealed);
  return hash !== null && verify(hash, pin);
}

/** Loaded for the first PIN: most starts of the desk need none. */
function argon2() {
  return import('@node-rs/argon2');
}
