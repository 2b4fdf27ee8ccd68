import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DialogProps } from './dialog.ts';
import { EnrolSteps } from './EnrolSteps.tsx';

/** Setting up two-factor sign-in. A click beside it closes nothing: the backup codes are shown once. */
export function EnrolDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t('signIn.twoFactor')} closeOnClickOutside={false}>
      <EnrolSteps onDone={onClose} />
    </Modal>
  );
}
