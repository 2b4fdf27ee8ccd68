import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Logs to standard output as JSON lines. Tokens, passwords and SIM secrets never reach a line. */
export function createLog(level: string): Log {
  const secret = ['password', 'otp', 'accessToken', 'refreshToken', 'token', 'puk1', 'puk2', 'pin1', 'pin2'];
  return pino({
    level,
    base: { program: 'desk' },
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
  });
}
