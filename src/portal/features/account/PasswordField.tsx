import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { brokenPasswordRules } from '#core/domain/password-rules.ts';
import { api } from '../../api.ts';
import { NewPassword } from '../../components/NewPassword.tsx';
import type { Barrier } from '../../session.tsx';
import { CurrentPassword } from './CurrentPassword.tsx';
import { EditableField } from './EditableField.tsx';
import { FieldForm } from './FieldForm.tsx';

/** The password, changed with the current one; it is never shown. */
export function PasswordField({ barrier, note }: { barrier: Barrier; note: string }) {
  const { t } = useTranslation('account');
  return (
    <EditableField label={t('details.password')} value={<Hidden />} barrier={barrier} note={note}>
      {({ done, cancel }) => <PasswordForm onDone={() => done(t('details.passwordSaved'))} onCancel={cancel} />}
    </EditableField>
  );
}

/** As long for every password. */
const DOTS = '•'.repeat(10);

function Hidden() {
  const { t } = useTranslation('account');
  return (
    <>
      <span aria-hidden="true">{DOTS}</span>
      <span className="visually-hidden">{t('details.hidden')}</span>
    </>
  );
}

function PasswordForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const [chosen, setChosen] = useState('');
  const [repeated, setRepeated] = useState('');
  const change = useMutation({
    mutationFn: () => api.account.changePassword({ password, newPassword: chosen }),
    onSuccess: onDone,
  });
  return (
    <FieldForm
      text={t('details.passwordText')}
      error={change.error}
      isPending={change.isPending}
      isReady={password !== '' && brokenPasswordRules(chosen).length === 0 && chosen === repeated}
      onSubmit={() => change.mutate()}
      onCancel={onCancel}
    >
      <CurrentPassword value={password} onChange={setPassword} />
      <NewPassword value={chosen} repeated={repeated} onChange={setChosen} onRepeat={setRepeated} />
    </FieldForm>
  );
}
