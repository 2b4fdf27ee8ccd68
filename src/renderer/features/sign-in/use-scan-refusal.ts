import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usualWedge } from '#core/scan/wedge.ts';
import { useNotify } from '../../notify.tsx';
import { captureWedge } from '../../scan/wedge-capture.ts';
import { play } from '../../sound.ts';

/** What is read before anybody has signed in lands in no field: it is refused with what to do. */
export function useScanRefusal(): void {
  const { t } = useTranslation('frame');
  const notify = useNotify();
  const refuse = useEffectEvent(async (text: string) => {
    // Read when something is scanned: the day's first screen does without the schemas of what a scan can be.
    const { classifyScan } = await import('#core/scan/classify.ts');
    if (classifyScan(text).kind === 'unknown') {
      giveBack(text);
      return;
    }
    play('refused');
    notify.show({ id: 'scan-first', title: t('signIn.scanTitle'), text: t('signIn.scanText'), tone: 'bad' });
  });
  useEffect(() => {
    return captureWedge(
      window,
      () => usualWedge,
      (text) => void refuse(text),
    );
  }, []);
}

/** A password manager types as fast as a reader and ends with Enter too; what is no code of ours is its typing. */
function giveBack(text: string): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  document.execCommand('insertText', false, text);
  field.form?.requestSubmit();
}
