import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem.tsx';

interface LoadedProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isError' | 'refetch'>;
  /** About as high as what comes, so that nothing jumps. */
  readonly height: number | string;
  readonly children: (data: T) => ReactNode;
}

/** What a query gave, or its skeleton, or its error in words. Old data stays in sight when a later try fails. */
export function Loaded<T>({ query, height, children }: LoadedProps<T>) {
  const { t } = useTranslation('common');
  const { data, error, isError, refetch } = query;
  if (data !== undefined) return children(data);
  if (isError) return <Problem error={error} onRetry={() => refetch()} />;
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      <Skeleton height={height} radius="md" />
    </div>
  );
}
