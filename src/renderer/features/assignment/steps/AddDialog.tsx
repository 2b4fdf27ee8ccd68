import { Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../../components/FormEnd.tsx';

interface AddDialogProps {
  title: string;
  error: unknown;
  isBusy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A few fields over the step, to add what is missing without leaving it. */
export function AddDialog({ title, error, isBusy, onSubmit, onClose, children }: AddDialogProps) {
  const { t } = useTranslation('assignment');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // The step's own form is this one's parent in React's eyes.
          event.stopPropagation();
          onSubmit();
        }}
      >
        <Stack gap="sm">
          {children}
          <FormEnd verb={t('details.save')} isBusy={isBusy} error={error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
