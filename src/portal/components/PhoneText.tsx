import { Suspense } from 'react';
import { Part } from './Part.tsx';

// The library of numbering plans is larger than the page around it.
const text = async () => (await import('./PhoneFormatted.tsx')).PhoneFormatted;

/** A phone number as people read it; in one piece until the library that parts it is there. */
export function PhoneText({ number }: { number: string }) {
  return (
    <Suspense fallback={number}>
      <Part load={text} props={{ number }} />
    </Suspense>
  );
}
