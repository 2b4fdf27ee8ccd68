import { Button } from '@mantine/core';
import { IconEyeOff, IconQrcode } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { Section } from '../../components/Section.tsx';
import classes from './services.module.css';

/** The eSIM's code, only once it is asked for: every look is written down, and the code is forgotten when it is hidden. */
export function EsimCode({ id }: { id: number }) {
  const { t } = useTranslation('services');
  const [shown, setShown] = useState(false);
  const queryClient = useQueryClient();
  const toggle = () => {
    if (shown) queryClient.removeQueries({ queryKey: portal.services.esim.queryKey({ input: { id } }) });
    setShown(!shown);
  };
  return (
    <Section title={t('esim.title')} intro={t('esim.text')}>
      <Button
        variant="default"
        leftSection={shown ? <IconEyeOff size={18} aria-hidden /> : <IconQrcode size={18} aria-hidden />}
        onClick={toggle}
        aria-expanded={shown}
      >
        {shown ? t('esim.hide') : t('esim.show')}
      </Button>
      {shown && <Shown id={id} />}
    </Section>
  );
}

function Shown({ id }: { id: number }) {
  const { t } = useTranslation('services');
  const esim = useQuery(
    portal.services.esim.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  );
  return (
    <Loaded query={esim} height={300}>
      {({ iccid, activationCode }) => (
        <div>
          <QrCode text={activationCode} label={t('esim.qr')} />
          <p className={classes.quietText}>{t('esim.code')}</p>
          <p className={classes.code}>{activationCode}</p>
          <p className={classes.quietText}>{t('esim.iccid')}</p>
          <p className={classes.code}>{iccid}</p>
        </div>
      )}
    </Loaded>
  );
}
