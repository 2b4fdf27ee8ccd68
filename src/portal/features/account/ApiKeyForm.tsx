import { Button, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalKey } from '#core/domain/portal.ts';
import { api } from '../../api.ts';
import { Problem } from '../../components/Problem.tsx';
import { Section } from '../../components/Section.tsx';
import { type ExpiryChoice, expiryChoices, expiryOf, tomorrow } from './expiry.ts';
import classes from './Rows.module.css';

interface ApiKeyFormProps {
  readonly onMade: (key: string) => void;
  readonly onCancel: () => void;
}

/** A new key: its name, what it may do, and until when. */
export function ApiKeyForm({ onMade, onCancel }: ApiKeyFormProps) {
  const { t } = useTranslation(['account', 'common']);
  const [name, setName] = useState('');
  const [access, setAccess] = useState<PortalKey['access']>('read');
  const [choice, setChoice] = useState<ExpiryChoice>('in90');
  const [date, setDate] = useState('');
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  const create = useMutation({
    mutationFn: (expiresAt: string | null) => api.account.apiKeys.create({ name: name.trim(), access, expiresAt }),
    onSuccess: ({ key }) => onMade(key),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The same moment for every try: the key of the request is the request's own.
    create.mutate(create.isError ? (create.variables ?? null) : expiryOf(choice, date, new Date()));
  };
  return (
    <Section title={t('account:api.create')}>
      <form ref={box} className={classes.form} onSubmit={submit}>
        {create.isError && <Problem error={create.error} />}
        <TextInput
          label={t('account:api.name')}
          description={t('account:api.nameHint')}
          name="key-name"
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Radio.Group
          label={t('account:api.access')}
          name="access"
          value={access}
          onChange={(value) => setAccess(value as PortalKey['access'])}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="read" label={t('account:api.read')} />
            <Radio value="read_write" label={t('account:api.read_write')} />
          </Stack>
        </Radio.Group>
        <NativeSelect
          label={t('account:api.expiry')}
          value={choice}
          data={expiryChoices.map((value) => ({ value, label: t(`account:api.${value}`) }))}
          onChange={({ currentTarget }) => {
            create.reset();
            setChoice(currentTarget.value as ExpiryChoice);
          }}
        />
        {choice === 'onDate' && (
          <TextInput
            label={t('account:api.date')}
            type="date"
            required
            withAsterisk={false}
            min={tomorrow(new Date())}
            value={date}
            onChange={({ currentTarget }) => {
              create.reset();
              setDate(currentTarget.value);
            }}
          />
        )}
        <div className={classes.buttons}>
          <Button type="submit" loading={create.isPending}>
            {t('account:api.create')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
