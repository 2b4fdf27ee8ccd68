import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';

interface AllowChangesProps {
  name: string;
  opened: boolean;
  onClose: () => void;
}

/** The second step, asked for by itself so that nobody takes it by the way. */
export function AllowChanges({ name, opened, onClose }: AllowChangesProps) {
  const { t } = useTranslation('portal');
  const client = useQueryClient();
  const allow = useMutation(
    deskQuery.impersonation.allowChanges.mutationOptions({
      onSuccess: (view) => {
        client.setQueryData(deskQuery.impersonation.state.queryKey(), view);
        onClose();
      },
    }),
  );
  return (
    <Modal opened={opened} onClose={onClose} title={t('allow.title')}>
      <Stack>
        <Text size="sm">{t('allow.text', { name })}</Text>
        {allow.error && <ErrorNotice error={allow.error} />}
        <Group>
          <Button loading={allow.isPending} onClick={() => allow.mutate(undefined)}>
            {t('allow.confirm')}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('allow.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
