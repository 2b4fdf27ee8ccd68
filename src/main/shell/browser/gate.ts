import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
/** An address that nobody opened lapses; starting the desk again gives a new one. */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares secrets in the same time whatever is sent. */
export function isSame(sent: string | undefined, secret: string): boolean {
  return sent !== undefined && timingSafeEqual(digest(sent), digest(secret));
}

/** Who may open the desk's page: whoever brings an unused token, and from then on that browser by its cookie. */
export interface Gate {
  /** A token that opens the desk once. */
  mintToken(): string;
  /** Takes a token and gives the secret for the cookie; null when the token is unknown, used or too old. */
  admit(token: string): string | null;
  isAdmitted(secret: string | undefined): boolean;
}

/** Only hashes are kept, so that comparing takes the same time whatever is sent. */
export function createGate(now: () => number = Date.now): Gate {
  const tokens: { hash: Buffer; until: number }[] = [];
  const admitted: Buffer[] = [];
  const mint = () => randomBytes(TOKEN_BYTES).toString('base64url');
  return {
    mintToken() {
      const token = mint();
      tokens.push({ hash: digest(token), until: now() + TOKEN_LIFE_MS });
      return token;
    },
    admit(token) {
      const hash = digest(token);
      const at = tokens.findIndex((one) => timingSafeEqual(one.hash, hash));
      const [found] = at < 0 ? [] : tokens.splice(at, 1);
      if (found === undefined || found.until < now()) return null;
      const secret = mint();
      admitted.push(digest(secret));
      return secret;
    },
    isAdmitted(secret) {
      if (secret === undefined) return false;
      const hash = digest(secret);
      return admitted.some((one) => timingSafeEqual(one, hash));
    },
  };
}
