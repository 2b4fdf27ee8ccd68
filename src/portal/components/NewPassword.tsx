import { PasswordInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordRules } from './PasswordRules.tsx';

interface NewPasswordProps {
  readonly value: string;
  readonly repeated: string;
  readonly onChange: (value: string) => void;
  readonly onRepeat: (repeated: string) => void;
}

/** A password that is chosen: twice, with the rules in sight and what is still missing. */
export function NewPassword({ value, repeated, onChange, onRepeat }: NewPasswordProps) {
  const { t } = useTranslation('access');
  const rules = useId();
  const [isShown, setShown] = useState(false);
  const both = {
    required: true,
    withAsterisk: false,
    autoComplete: 'new-password',
    visible: isShown,
    onVisibilityChange: setShown,
    visibilityToggleButtonProps: {
      'aria-label': t(isShown ? 'signIn.hide' : 'signIn.show'),
      'aria-hidden': false,
      tabIndex: 0,
    },
  };
  return (
    <>
      <PasswordInput
        {...both}
        label={t('reset.password')}
        name="new-password"
        aria-describedby={rules}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <PasswordRules text={value} id={rules} />
      <PasswordInput
        {...both}
        label={t('reset.repeat')}
        name="repeated-password"
        error={repeated !== '' && repeated !== value ? t('reset.differs') : undefined}
        value={repeated}
        onChange={({ currentTarget }) => onRepeat(currentTarget.value)}
      />
    </>
  );
}
