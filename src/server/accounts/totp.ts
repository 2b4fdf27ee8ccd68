import { generateSecret, generateURI, verifySync } from 'otplib';

const PERIOD_S = 30;

export const newTotpSecret = (): string => generateSecret();

/** What an authenticator reads from the QR code. */
export const otpauthUri = (issuer: string, label: string, secret: string): string =>
  generateURI({ issuer, label, secret });

/**
 * The time step of a right code; null for a wrong one. Clocks may be one step of 30 seconds apart. `lastStep` is the step of
 * the code taken last: that one and older ones count no more.
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token: code, epoch, period: PERIOD_S, epochTolerance: PERIOD_S });
  if (!result.valid || !('timeStep' in result)) return null;
  return result.timeStep > lastStep ? result.timeStep : null;
}
