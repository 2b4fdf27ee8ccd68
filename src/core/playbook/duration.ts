const secondsPer: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Seconds of a duration as playbooks write it: a number of seconds, or a number with ms, s, m, h or d, such as 30s or 5m.
 * Null when it is none, or not more than zero.
 */
export function parseDuration(value: unknown): number | null {
  const text = typeof value === 'number' ? `${value}s` : value;
  if (typeof text !== 'string') return null;
  const parts = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim());
  if (parts === null) return null;
  const seconds = Number(parts[1]) * (secondsPer[parts[2] ?? ''] ?? Number.NaN);
  return seconds > 0 && Number.isFinite(seconds) ? seconds : null;
}
