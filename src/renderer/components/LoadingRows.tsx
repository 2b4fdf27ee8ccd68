import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsEnrolled, useIsOffline } from '../work/use-work.ts';
import classes from './LoadingRows.module.css';
import { NeedsLine, type What } from './NeedsLine.tsx';

interface LoadingRowsProps {
  rows?: number;
  /** Height of one row in px; the same as the rows that follow, so that nothing jumps. */
  height?: number;
  /** What is being read, in words; shown after 0.4 s. */
  label?: string;
  /** Only head office has it: without a line that is said at once, in the place of the rows. */
  headOffice?: What;
}

const WORDS_AFTER_MS = 400;

/** The shape of a list that is on its way. */
export function LoadingRows({ rows = 6, height = 52, label, headOffice }: LoadingRowsProps) {
  const { t } = useTranslation('common');
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), WORDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // A list that can't come says why, long before the time for its answer is up; an enrolled desk has most of them itself.
  const isOffline = useIsOffline();
  const isEnrolled = useIsEnrolled();
  if (isOffline && headOffice !== undefined) return <NeedsLine what={headOffice} />;
  const words = isOffline && !isEnrolled ? t('loadingOffline') : (label ?? t('loading'));
  return (
    <div role="status" aria-label={words} className={classes.rows}>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key, index) => (
        <div key={key} className={classes.row} style={{ height }}>
          <Skeleton height={12} width={`${28 + ((index * 17) % 30)}%`} />
          <Skeleton height={12} width="12%" ml="auto" />
        </div>
      ))}
      {slow && <span className={classes.words}>{words}</span>}
    </div>
  );
}
