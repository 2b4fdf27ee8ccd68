import { Button, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { impersonationReasonSchema } from '#core/contract/central/impersonations.ts';
import type { Contact, Customer } from '#core/domain/customer.ts';
import { FormEnd } from '../../components/FormEnd.tsx';
import { deskQuery } from '../../desk.ts';
import { useLink } from '../../work/use-work.ts';
import classes from './LogInAsUser.module.css';

interface LogInAsUserProps {
  customer: Customer;
  contact: Contact;
  opened: boolean;
  onClose: () => void;
}

/** Asks why, and says whom it is about and what the customer will know of it (IM-1, IM-2, IM-7). */
export function LogInAsUser({ opened, onClose, ...rest }: LogInAsUserProps) {
  const { t } = useTranslation('portal');
  return (
    <Modal opened={opened} onClose={onClose} title={t('ask.title', { name: rest.contact.name })} size="lg">
      <ReasonForm onClose={onClose} {...rest} />
    </Modal>
  );
}

const presets = ['help', 'verify', 'problem', 'guide'] as const;

function ReasonForm({ customer, contact, onClose }: Omit<LogInAsUserProps, 'opened'>) {
  const { t } = useTranslation('portal');
  const isOnline = useLink()?.state !== 'offline';
  const start = useStart(onClose);
  const form = useForm({
    initialValues: { reason: '' },
    validate: {
      reason: (reason) => {
        if (impersonationReasonSchema.safeParse(reason).success) return null;
        return t(reason.trim().length < 3 ? 'ask.reasonShort' : 'ask.reasonLong');
      },
    },
  });
  const { name } = contact;
  return (
    <form
      onSubmit={form.onSubmit(({ reason }) => start.mutate({ contactId: contact.id, reason: reason.trim() }))}
      noValidate
    >
      <Stack>
        <List size="sm" spacing={6} listStyleType="disc" pl="md">
          <List.Item>
            {t(customer.name === name ? 'ask.sameName' : 'ask.who', { name, customer: customer.name })}
          </List.Item>
          <List.Item>{t('ask.recorded')}</List.Item>
          <List.Item>{t('ask.mail', { name })}</List.Item>
          <List.Item>{t('ask.limits')}</List.Item>
        </List>
        <Textarea
          label={t('ask.reason')}
          description={t('ask.reasonHint')}
          required
          data-autofocus
          autosize
          minRows={2}
          maxRows={5}
          dir="auto"
          {...form.getInputProps('reason')}
        />
        <Group gap={8} role="group" aria-label={t('ask.presets')}>
          {presets.map((preset) => (
            <Button
              key={preset}
              type="button"
              className={classes.preset}
              variant="default"
              size="compact-sm"
              onClick={() => {
                form.setFieldValue('reason', t(`ask.preset.${preset}`));
                form.clearErrors();
              }}
            >
              {t(`ask.preset.${preset}`)}
            </Button>
          ))}
        </Group>
        {!isOnline && (
          <Text size="sm" role="status">
            {t('ask.needsLine')}
          </Text>
        )}
        <FormEnd
          verb={t('ask.start')}
          isBusy={start.isPending}
          error={start.error}
          isDisabled={!isOnline}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

function useStart(onClose: () => void) {
  const client = useQueryClient();
  return useMutation(
    deskQuery.impersonation.start.mutationOptions({
      onSuccess: (view) => {
        client.setQueryData(deskQuery.impersonation.state.queryKey(), view);
        onClose();
        // Where the browser holds it back, the banner's button opens it.
        if (view.url !== null) window.open(view.url, '_blank', 'noopener,noreferrer');
      },
    }),
  );
}
