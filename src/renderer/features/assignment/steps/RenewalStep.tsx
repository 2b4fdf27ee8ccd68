import { Button, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RenewalChoice } from '../parts/RenewalChoice.tsx';
import { StepHead } from '../parts/StepHead.tsx';
import { useWizard } from '../wizard.ts';

/** Yes or no to renewing by itself, the usual answer already given (PA-12). */
export function RenewalStep() {
  const { t } = useTranslation('assignment');
  const { pass } = useWizard();
  return (
    <section aria-label={t('step.renewal')}>
      <StepHead title={t('renewal.title')} text={t('renewal.text')} />
      <RenewalChoice isFocused />
      <Group justify="flex-end" mt="md">
        <Button rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => pass('renewal')}>
          {t('continue')}
        </Button>
      </Group>
    </section>
  );
}
