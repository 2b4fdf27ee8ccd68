import { Progress } from '@mantine/core';
import { isLow, percentLeft } from './buckets.ts';

interface BarProps {
  readonly of: { readonly remaining: number; readonly total: number };
  /** What the bar says, in words: it is read out in its place. */
  readonly label: string;
  readonly size?: number;
}

/** What is left as a bar. Its words stand beside it: it never speaks alone. */
export function Bar({ of, label, size = 8 }: BarProps) {
  return (
    <Progress
      value={percentLeft(of)}
      size={size}
      radius="xl"
      color={isLow(of) ? 'var(--p-warn)' : 'var(--p-accent)'}
      aria-label={label}
    />
  );
}
