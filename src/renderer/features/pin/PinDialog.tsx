import { Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../components/FormEnd.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { differs, type PinWrong, wrongWithPin } from './pin-rules.ts';

interface PinDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** A new PIN for the signed-in person on this desk, typed twice. */
export function PinDialog({ opened, onClose }: PinDialogProps) {
  const { t } = useTranslation('frame');
  return (
    <Modal opened={opened} onClose={onClose} title={t('pin.ask')} size="sm">
      <PinForm onClose={onClose} />
    </Modal>
  );
}

function PinForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const notify = useNotify();
  const client = useQueryClient();
  const words = (wrong: PinWrong | null) => (wrong === null ? null : t(`pin.${wrong}`));
  const form = useForm({
    initialValues: { pin: '', again: '' },
    validate: { pin: (pin) => words(wrongWithPin(pin)), again: (again, { pin }) => words(differs(pin, again)) },
  });
  const set = useMutation(
    deskQuery.staff.setPin.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: deskQuery.staff.key() });
        notify.show({ id: 'pin', tone: 'good', title: t('pin.kept') });
        onClose();
      },
    }),
  );
  const field = { inputMode: 'numeric', autoComplete: 'off', maxLength: 12 } as const;
  const shows = { visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword'), tabIndex: 0 } };
  return (
    <form onSubmit={form.onSubmit(({ pin }) => set.mutate({ pin }))} noValidate>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('pin.askText')}
        </Text>
        <PasswordInput
          {...field}
          {...shows}
          data-autofocus
          label={t('pin.new')}
          description={t('pin.newHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('pin')}
        />
        <PasswordInput {...field} {...shows} label={t('pin.repeat')} {...form.getInputProps('again')} />
        <FormEnd verb={t('pin.save')} isBusy={set.isPending} error={set.error} onCancel={onClose} />
      </Stack>
    </form>
  );
}
