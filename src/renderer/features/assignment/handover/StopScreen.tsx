import { Button, FocusTrap, Portal } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { iccidDigits } from '#core/scan/iccid.ts';
import { useFormat } from '../../../format.tsx';
import { readableIdentifier } from '../parts/identifiers.ts';
import classes from './HandOver.module.css';
import type { HandedItem } from './verification.ts';

interface StopScreenProps {
  scanned: string;
  expected: readonly HandedItem[];
  onClose: () => void;
}

/** The wrong card is in the hand: nothing else is on the screen until it is put down. The right scan clears it. */
export function StopScreen({ scanned, expected, onClose }: StopScreenProps) {
  const { t } = useTranslation('handover');
  const format = useFormat();
  const titleId = useId();
  const textId = useId();
  const shown = iccidDigits(scanned) === null ? scanned : format.iccid(scanned);
  return (
    <Portal>
      <FocusTrap>
        <div
          role="alertdialog"
          aria-modal="true"
          aria-labelledby={titleId}
          aria-describedby={textId}
          tabIndex={-1}
          className={classes.stop}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        >
          <IconHandStop size={88} stroke={1.6} aria-hidden />
          <h2 id={titleId} className={classes.stopTitle}>
            {t('stop.title')}
          </h2>
          <p id={textId} className={classes.stopText}>
            {t('stop.text')}
          </p>
          <dl className={`${classes.compare} tabular`}>
            <div>
              <dt>{t('stop.scanned')}</dt>
              <dd data-testid="scanned">{shown}</dd>
            </div>
            {expected.map((item) => (
              <div key={item.id}>
                <dt>{t('stop.expected', { label: item.label })}</dt>
                <dd>{readableIdentifier(item.identifiers, format)}</dd>
              </div>
            ))}
          </dl>
          <Button data-autofocus size="lg" variant="white" color="dark" onClick={onClose}>
            {t('stop.again')}
          </Button>
        </div>
      </FocusTrap>
    </Portal>
  );
}
