import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Part } from './Part.tsx';

// The library of numbering plans is larger than the page around it.
const text = async () => (await import('./PhoneFormatted.tsx')).PhoneFormatted;

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
