import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalMe } from '#core/domain/portal.ts';
import { api, portal } from '../../api.ts';
import { Problem } from '../../components/Problem.tsx';
import type { Barrier } from '../../session.tsx';
import { CurrentPassword } from './CurrentPassword.tsx';
import classes from './EditableField.module.css';
import { EditableField } from './EditableField.tsx';
import { FieldForm } from './FieldForm.tsx';

interface EmailFieldProps {
  readonly account: NonNullable<PortalMe['account']>;
  readonly barrier: Barrier;
  readonly note: string;
}

/** AU-4: another address counts once the link that was sent to it is opened. */
export function EmailField({ account, barrier, note }: EmailFieldProps) {
  const { t } = useTranslation('account');
  const { pendingEmail } = account;
  return (
    <EditableField
      label={t('details.email')}
      value={account.email}
      barrier={barrier}
      note={note}
      pending={pendingEmail !== null && <Pending email={pendingEmail} barrier={barrier} note={note} />}
    >
      {({ done, cancel }) => <EmailForm onDone={(email) => done(t('details.pending', { email }))} onCancel={cancel} />}
    </EditableField>
  );
}

function EmailForm({ onDone, onCancel }: { onDone: (email: string) => void; onCancel: () => void }) {
  const { t } = useTranslation('account');
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const ask = useMutation({
    mutationFn: () => api.account.changeEmail({ email: email.trim(), password }),
    onSuccess: async ({ pendingEmail }) => {
      await queryClient.invalidateQueries({ queryKey: portal.me.key() });
      onDone(pendingEmail);
    },
  });
  return (
    <FieldForm
      text={t('details.emailText')}
      error={ask.error}
      isPending={ask.isPending}
      onSubmit={() => ask.mutate()}
      onCancel={onCancel}
    >
      <TextInput
        label={t('details.newEmail')}
        type="email"
        name="new-email"
        autoComplete="email"
        required
        withAsterisk={false}
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <CurrentPassword value={password} onChange={setPassword} />
    </FieldForm>
  );
}

function Pending({ email, barrier, note }: { email: string; barrier: Barrier; note: string }) {
  const { t } = useTranslation('account');
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.account.cancelEmail(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: portal.me.key() }),
  });
  return (
    <div className={classes.pending}>
      <p>
        <strong>{t('details.pending', { email })}</strong>
      </p>
      <p>{t('details.pendingText')}</p>
      {cancel.isError && <Problem error={cancel.error} />}
      <Button
        size="sm"
        variant="default"
        mt="xs"
        disabled={barrier !== null}
        aria-describedby={barrier === null ? undefined : note}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t('details.cancelPending')}
      </Button>
    </div>
  );
}
