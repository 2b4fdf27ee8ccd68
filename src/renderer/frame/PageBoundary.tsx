import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../components/ErrorNotice.tsx';

interface PageBoundaryProps {
  /** Another place is another page: what was wrong with the last one is over. */
  readonly place: string;
  readonly children: ReactNode;
}

/** Keeps a page that can't be drawn from taking the frame with it. */
export function PageBoundary({ place, children }: PageBoundaryProps) {
  return (
    <ErrorBoundary FallbackComponent={Broken} resetKeys={[place]}>
      {children}
    </ErrorBoundary>
  );
}

function Broken({ error, resetErrorBoundary }: FallbackProps) {
  const { t } = useTranslation('frame');
  return (
    <ErrorNotice
      error={error}
      title={t('pageBroken.title')}
      action={
        <Button variant="default" size="compact-md" onClick={resetErrorBoundary}>
          {t('pageBroken.retry')}
        </Button>
      }
    />
  );
}
