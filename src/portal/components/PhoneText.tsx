import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Part } from './Part.tsx';

// The library of numbering plans is larger than the page around it, which is drawn before it is asked for.
const text = async () => {
  await drawn();
  return (await import('./PhoneFormatted.tsx')).PhoneFormatted;
};

/** Resolves once the page has nothing better to do. */
const drawn = () =>
  new Promise<unknown>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 2_000 });
    else setTimeout(resolve, 500);
  });

/** A phone number as people read it; in one piece where the library that parts it is not there. */
export function PhoneText({ number }: { number: string }) {
  return (
    <ErrorBoundary fallback={number}>
      <Suspense fallback={number}>
        <Part load={text} props={{ number }} />
      </Suspense>
    </ErrorBoundary>
  );
}
