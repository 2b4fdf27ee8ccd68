import { IconCircleCheckFilled, IconScan } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scan } from '#core/scan/schema.ts';
import { useScanTarget } from '../../scan/scan-router.tsx';
import classes from './devices.module.css';
import { useScanWords } from './use-scan-words.ts';

/** Shows the last scan of any reader and what it was understood as, instead of going where it leads. */
export function TryWedge() {
  const { t } = useTranslation(['devices', 'common']);
  const words = useScanWords();
  const [scan, setScan] = useState<Scan | null>(null);
  useScanTarget((scanned) => {
    setScan(scanned);
    return 'taken';
  });
  return (
    <output className={`${classes.try} ${classes.wide}`}>
      {scan === null ? (
        <>
          <IconScan size={20} stroke={1.6} aria-hidden />
          {t('wedge.try')}
        </>
      ) : (
        <>
          <IconCircleCheckFilled size={18} color="var(--c-good)" aria-hidden />
          <span>
            {t('common:lead', { label: t(`source.${scan.source}`) })} <code>{scan.text}</code>
            <br />
            {words(scan.value)}
          </span>
        </>
      )}
    </output>
  );
}
