import { type DestinationStream, type Logger, pino } from 'pino';

/** Fields whose values never reach a log, at the top and one or two levels down. */
const secretNames = [
  'password',
  'otp',
  'accessToken',
  'refreshToken',
  'token',
  'key',
  'ki',
  'opc',
  'puk1',
  'puk2',
  'pin1',
  'pin2',
  'activationCode',
  'esimActivationCode',
  'esim_activation_code',
  'secret',
  'authorization',
  'cookie',
  'passwordHash',
];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
const redact = [...secretPaths, 'headers["x-api-key"]', 'req.headers["x-api-key"]'];

/** Structured logs, one JSON object per line. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: undefined, redact, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}
