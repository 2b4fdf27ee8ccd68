import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { useLocation } from 'wouter';
import { forgetFailed } from './Part.tsx';
import { Problem } from './Problem.tsx';

/** Keeps what can't be fetched or drawn from taking what is around it along. Another address is another page. */
export function Boundary({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  return (
    <ErrorBoundary FallbackComponent={Broken} onReset={forgetFailed} resetKeys={[location]}>
      {children}
    </ErrorBoundary>
  );
}

function Broken({ error, resetErrorBoundary }: FallbackProps) {
  return <Problem error={error} onRetry={resetErrorBoundary} />;
}
