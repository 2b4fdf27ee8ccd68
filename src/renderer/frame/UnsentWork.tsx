import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SignOut } from './use-sign-out.ts';

/** Before somebody signs out with work unsent: what becomes of it, and the three ways on. */
export function UnsentWork({ leaving }: { leaving: SignOut }) {
  const { t } = useTranslation('work');
  const [, navigate] = useLocation();
  const { unsent, stay, force, isPending } = leaving;
  const look = () => {
    stay();
    navigate('/outbox');
  };
  return (
    <Modal opened={unsent !== null} onClose={stay} title={t('leave.title')}>
      {unsent !== null && (
        <Stack gap="xs">
          {unsent.waiting > 0 && <Text size="sm">{t('leave.waiting', { count: unsent.waiting })}</Text>}
          {unsent.refused > 0 && <Text size="sm">{t('leave.refused', { count: unsent.refused })}</Text>}
          <Group gap="xs" mt="xs">
            <Button data-autofocus onClick={stay}>
              {t('leave.stay')}
            </Button>
            <Button variant="default" onClick={look}>
              {t('leave.look')}
            </Button>
            <Button variant="default" loading={isPending} onClick={force}>
              {t('leave.anyway')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
