import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks for the password of the account once more. */
export function CurrentPassword({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation(['account', 'access']);
  const [isShown, setShown] = useState(false);
  return (
    <PasswordInput
      label={t('account:details.current')}
      name="current-password"
      autoComplete="current-password"
      required
      withAsterisk={false}
      visible={isShown}
      onVisibilityChange={setShown}
      visibilityToggleButtonProps={{
        'aria-label': t(isShown ? 'access:signIn.hide' : 'access:signIn.show'),
        'aria-hidden': false,
        tabIndex: 0,
      }}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
