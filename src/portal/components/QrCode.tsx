import { lazy, Suspense } from 'react';
import classes from './QrCode.module.css';

// The library comes only when a code is drawn.
const QrSquare = lazy(async () => ({ default: (await import('./QrSquare.tsx')).QrSquare }));

/** A QR code, black on white in every colour scheme: readers want it so. `label` says what it is for. */
export function QrCode({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.code}>
      <Suspense fallback={null}>
        <QrSquare text={text} label={label} />
      </Suspense>
    </div>
  );
}
