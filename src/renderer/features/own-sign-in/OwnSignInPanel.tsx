import { Badge, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { deskQuery } from '../../desk.ts';
import { Row } from '../settings/Row.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { RenewDialog } from './RenewDialog.tsx';
import { SwitchOffDialog } from './SwitchOffDialog.tsx';

type Open = 'enrol' | 'renew' | 'off' | 'password' | null;

/** How the signed-in person signs in: their password and their second step. */
export function OwnSignInPanel() {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState<Open>(null);
  const state = useQuery(deskQuery.ownAccess.twoFactor.queryOptions());
  const close = () => {
    setOpen(null);
    void state.refetch();
  };
  if (state.error) return <ErrorNotice error={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data) return <LoadingRows rows={3} />;
  const { enabled, backupCodesLeft } = state.data;
  return (
    <ListPanel title={t('signIn.title')}>
      <Row label={t('signIn.twoFactor')} hint={t(enabled ? 'signIn.onHint' : 'signIn.offHint')}>
        <Group gap="sm">
          <Badge color={enabled ? 'iris' : 'gray'}>{t(enabled ? 'signIn.on' : 'signIn.off')}</Badge>
          <Button variant="default" onClick={() => setOpen(enabled ? 'off' : 'enrol')}>
            {t(enabled ? 'signIn.switchOff' : 'signIn.setUp')}
          </Button>
        </Group>
      </Row>
      {enabled && (
        <Row label={t('signIn.codes')} hint={t('signIn.codesLeft', { count: backupCodesLeft })}>
          <Button variant="default" onClick={() => setOpen('renew')}>
            {t('signIn.renew')}
          </Button>
        </Row>
      )}
      <Row label={t('signIn.password')} hint={t('signIn.passwordHint')}>
        <Button variant="default" onClick={() => setOpen('password')}>
          {t('signIn.change')}
        </Button>
      </Row>
      <EnrolDialog opened={open === 'enrol'} onClose={close} />
      <RenewDialog opened={open === 'renew'} onClose={close} />
      <SwitchOffDialog opened={open === 'off'} onClose={close} />
      <PasswordDialog opened={open === 'password'} onClose={close} />
    </ListPanel>
  );
}
