import { Button, Skeleton } from '@mantine/core';
import { IconEyeOff, IconQrcode } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Section } from '../../components/Section.tsx';
import { useMe } from '../../session.tsx';
import classes from './services.module.css';

/** The eSIM's code, only once it is asked for: every look is written down, and the code is forgotten when it is hidden. */
export function EsimCode({ id }: { id: number }) {
  const { t } = useTranslation(['services', 'common']);
  const { impersonation } = useMe();
  const [shown, setShown] = useState(false);
  const queryClient = useQueryClient();
  const toggle = () => {
    if (shown) queryClient.removeQueries({ queryKey: portal.services.esim.queryKey({ input: { id } }) });
    setShown(!shown);
  };
  const mayNot = impersonation !== null;
  return (
    <Section title={t('esim.title')} intro={t('esim.text')}>
      <Button
        variant="default"
        disabled={mayNot}
        leftSection={shown ? <IconEyeOff size={18} aria-hidden /> : <IconQrcode size={18} aria-hidden />}
        onClick={toggle}
        aria-expanded={shown}
      >
        {shown ? t('esim.hide') : t('esim.show')}
      </Button>
      {mayNot && <p className={classes.reason}>{t('common:barrier.customerOnly')}</p>}
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
          <Qr text={activationCode} label={t('esim.qr')} />
          <p className={classes.quietText}>{t('esim.code')}</p>
          <p className={classes.code}>{activationCode}</p>
          <p className={classes.quietText}>{t('esim.iccid')}</p>
          <p className={classes.code}>{iccid}</p>
        </div>
      )}
    </Loaded>
  );
}

/** A QR code, drawn here: its content goes nowhere else. The library comes with the first one. */
function Qr({ text, label }: { text: string; label: string }) {
  const [image, setImage] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(text, { margin: 1, width: 440, errorCorrectionLevel: 'M' }))
      .then((drawn) => current && setImage(drawn));
    return () => {
      current = false;
    };
  }, [text]);
  if (image === null) return <Skeleton width={220} height={220} my={14} />;
  return <img src={image} alt={label} className={classes.qr} width={220} height={220} />;
}
