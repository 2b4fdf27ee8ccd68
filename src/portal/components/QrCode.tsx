import { Suspense } from 'react';
import { Part } from './Part.tsx';
import classes from './QrCode.module.css';

// The library comes only when a code is drawn.
const qrSquare = async () => (await import('./QrSquare.tsx')).QrSquare;

/** A QR code, black on white in every colour scheme: readers want it so. `label` says what it is for. */
export function QrCode({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.code}>
      <Suspense fallback={null}>
        <Part load={qrSquare} props={{ text, label }} />
      </Suspense>
    </div>
  );
}
