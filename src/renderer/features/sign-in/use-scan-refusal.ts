import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classifyScan } from '#core/scan/classify.ts';
import { WedgeSettings } from '#core/scan/schema.ts';
import { useNotify } from '../../notify.tsx';
import { captureWedge } from '../../scan/wedge-capture.ts';
import { play } from '../../sound.ts';

/** What is read before anybody has signed in lands in no field: it is refused with what to do. */
export function useScanRefusal(): void {
  const { t } = useTranslation('frame');
  const notify = useNotify();
  const refuse = useEffectEvent((text: string) => {
    if (classifyScan(text).kind === 'unknown') {
      giveBack(text);
      return;
    }
    play('refused');
    notify.show({ id: 'scan-first', title: t('signIn.scanTitle'), text: t('signIn.scanText'), tone: 'bad' });
  });
  useEffect(() => {
    const settings = WedgeSettings.parse({});
    return captureWedge(
      window,
      () => settings,
      (text) => refuse(text),
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
