import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** Retry and Cancel of a job that failed; Cancel also stops one that is still under way. */
export function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation('provisioning');
  const client = useQueryClient();
  const notify = useNotify();
  const [asking, ask] = useDisclosure(false);
  const put = (changed: Job) =>
    client.setQueryData(deskQuery.provisioning.get.queryKey({ input: { id: job.id } }), changed);
  const retry = useMutation(
    deskQuery.provisioning.retry.mutationOptions({ onSuccess: put, onError: (error) => notify.error(error) }),
  );
  const cancel = useMutation(
    deskQuery.provisioning.cancel.mutationOptions({
      onSuccess: (changed) => {
        put(changed);
        ask.close();
      },
      onError: (error) => notify.error(error),
    }),
  );
  if (job.cancelling && !isJobEnded(job.status)) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('job.cancelling')}
      </Text>
    );
  }
  const failed = job.status === 'failed';
  if (!failed && job.status !== 'running' && job.status !== 'queued') return null;
  return (
    <>
      <Button variant="default" onClick={ask.open}>
        {t('job.cancel')}
      </Button>
      {failed && (
        <Button
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: job.id })}
        >
          {t('job.retry')}
        </Button>
      )}
      <Modal opened={asking} onClose={ask.close} title={t('job.cancelTitle')}>
        <Text size="sm">{t('job.cancelText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={ask.close} data-autofocus>
            {t('job.cancelKeep')}
          </Button>
          <Button color="red.9" loading={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
            {t('job.cancel')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
