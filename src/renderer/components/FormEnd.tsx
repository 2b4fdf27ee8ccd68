import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './ErrorNotice.tsx';

interface FormEndProps {
  /** What the form does, on its button. */
  readonly verb: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly isDisabled?: boolean;
  readonly onCancel: () => void;
}

/** The end of a dialogue's form: why it failed, what it does, and the way out. */
export function FormEnd({ verb, isBusy, error, isDisabled = false, onCancel }: FormEndProps) {
  const { t } = useTranslation('common');
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="sm">
        <Button type="submit" loading={isBusy} disabled={isDisabled}>
          {verb}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </>
  );
}
