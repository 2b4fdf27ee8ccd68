import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deskQuery } from '../desk.ts';
import classes from './LoadingRows.module.css';

interface LoadingRowsProps {
  rows?: number;
  /** Height of one row in px; the same as the rows that follow, so that nothing jumps. */
  height?: number;
  /** What is being read, in words; shown after 0.4 s. */
  label?: string;
}

const WORDS_AFTER_MS = 400;

/** The shape of a list that is on its way. */
export function LoadingRows({ rows = 6, height = 52, label }: LoadingRowsProps) {
  const { t } = useTranslation('common');
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), WORDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // A list that can't come says why, long before the time for its answer is up.
  const { data: link } = useQuery(deskQuery.system.link.queryOptions());
  const words = link?.state === 'offline' ? t('loadingOffline') : (label ?? t('loading'));
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
