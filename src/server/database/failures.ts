/** Classes of PostgreSQL's and its driver's failures, by SQLSTATE or errno. */
const deadlocks = new Set(['40P01', '40001']);
const outages = new Set([
  '57P01', // the administrator shut it down
  '57P02',
  '57P03', // starting up
  '57014', // statement timeout
  '55P03', // lock timeout
  '53300', // too many connections
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const driverTexts = [
  /Connection terminated/i,
  /timeout exceeded when trying to connect/i,
  /Client has encountered a connection error/i,
  /Query read timeout/i,
  /driver has already been destroyed/i,
];

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True when the same transaction would probably succeed if tried again now. */
export function retryable(error: unknown): boolean {
  return deadlocks.has(codeOf(error) ?? '');
}

/** True when PostgreSQL can't be reached or is overloaded: nothing about the request itself. */
export function isDatabaseOutage(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (outages.has(code) || code.startsWith('08'))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseOutage);
  return error instanceof Error && driverTexts.some((text) => text.test(error.message));
}

/** True when PostgreSQL can not hold a text that was sent: a NUL character, or half of a surrogate pair. */
export function isUnstorableText(error: unknown): boolean {
  const code = codeOf(error);
  return code === '22021' || code === '22P05';
}

/** The constraint that refused a row (unique, foreign key, check); undefined for every other error. */
export function violatedConstraint(error: unknown): string | undefined {
  const isViolation = codeOf(error)?.startsWith('23') ?? false;
  return isViolation && error instanceof Error && 'constraint' in error ? String(error.constraint) : undefined;
}
