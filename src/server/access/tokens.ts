import { createHash, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../context.ts';
import type { Secrets } from './secrets.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
export const REFRESH_TOKEN_SECONDS = 30 * 24 * 3600;

const ISSUER = 'comptoir';
const AUDIENCE = 'staff';
const ALGORITHM = 'HS256';

export interface AccessClaims {
  readonly userId: number;
  readonly sessionId: string;
  /** Which of the session's pairs of tokens it is of. */
  readonly pair: number;
}

export interface AccessTokens {
  issue(claims: AccessClaims): Promise<{ token: string; expiresAt: Date }>;
  /** Null for every token that is not ours, not intact, or lapsed. */
  verify(token: string): Promise<AccessClaims | null>;
}

/** Access tokens: 15 minutes by central's clock, HS256 only. */
export function accessTokens(secrets: Secrets, clock: Clock): AccessTokens {
  const key = secrets.key('access-token');
  return {
    async issue({ userId, sessionId, pair }) {
      const now = Math.floor(clock.now().getTime() / 1000);
      const expires = now + ACCESS_TOKEN_SECONDS;
      const token = await new SignJWT({ sid: sessionId, pair })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(String(userId))
        .setIssuedAt(now)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000) };
    },
    async verify(token) {
      const rules = { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE, currentDate: clock.now() };
      try {
        const { payload } = await jwtVerify(token, key, rules);
        return { userId: Number(payload.sub), sessionId: String(payload.sid), pair: Number(payload.pair ?? 0) };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

/** A token that means nothing by itself: 256 random bits after a prefix that tells people what it is. */
export function randomToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** How such a token is stored: a fast hash is enough, for nobody can guess 256 random bits. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
