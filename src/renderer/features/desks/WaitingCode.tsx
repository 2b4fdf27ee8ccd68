import { Button, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useFormat, useNow } from '../../format.tsx';
import classes from './desks.module.css';
import { useRequestCode } from './use-enrolling.ts';

interface WaitingCodeProps {
  code: string;
  expiresAt: string;
}

/** The code in letters that are read across the counter, and how long it is good. Goes by itself once approved. */
export function WaitingCode({ code, expiresAt }: WaitingCodeProps) {
  const { t } = useTranslation('desks');
  const { countdown } = useFormat();
  const left = new Date(expiresAt).getTime() - useNow(1000).getTime();
  const request = useRequestCode();
  return (
    <ListPanel title={t('tabs.desk')}>
      <div className={classes.panel}>
        <div className={classes.lead}>
          <IconHourglass size={22} stroke={1.7} aria-hidden />
          <div>
            <Text fw={600}>{t('this.waiting.title')}</Text>
            <Text size="sm">{t('this.waiting.text')}</Text>
          </div>
        </div>
        <div className={classes.code}>
          <Text size="sm" c="dimmed">
            {t('this.waiting.code')}
          </Text>
          <div className={classes.letters} data-testid="enrolment-code">
            {code}
          </div>
          <Text size="sm" c={left > 0 ? 'dimmed' : 'var(--c-warn)'} className="tabular">
            {left > 0 ? t('this.waiting.left', { left: countdown(left) }) : t('this.waiting.lapsed')}
          </Text>
        </div>
        {request.error && <ErrorNotice error={request.error} />}
        {left <= 0 && (
          <Button w="fit-content" loading={request.isPending} onClick={() => request.mutate(undefined)}>
            {t('this.waiting.again')}
          </Button>
        )}
      </div>
    </ListPanel>
  );
}
