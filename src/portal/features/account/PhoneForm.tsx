import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { countryOf, formatPhone, toE164 } from '../../phone.ts';
import { useSetMe } from '../../session.tsx';
import { FieldForm } from './FieldForm.tsx';

interface PhoneFormProps {
  readonly phone: string | null;
  /** Whose national numbers may be written without a country code. */
  readonly nearby: string | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** For `PhoneField`, which fetches it when a number is to be changed; the focus is taken when it comes. */
export function PhoneForm({ phone, nearby, onDone, onCancel }: PhoneFormProps) {
  const { t } = useTranslation('account');
  const setMe = useSetMe();
  const [written, setWritten] = useState(phone === null ? '' : formatPhone(phone));
  const [isBad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = useMutation({
    mutationFn: (number: string | null) => api.account.change({ phone: number }),
    onSuccess: (me) => {
      setMe(me);
      onDone();
    },
  });
  const submit = () => {
    const number = written.trim() === '' ? null : toE164(written, countryOf(nearby));
    const refused = written.trim() !== '' && number === null;
    setBad(refused);
    if (!refused) save.mutate(number);
  };
  return (
    <FieldForm error={save.error} isPending={save.isPending} onSubmit={submit} onCancel={onCancel}>
      <TextInput
        ref={field}
        label={t('details.phone')}
        description={t('details.phoneHint')}
        type="tel"
        name="phone"
        autoComplete="tel"
        error={isBad ? t('details.phoneBad') : undefined}
        value={written}
        onChange={({ currentTarget }) => {
          setWritten(currentTarget.value);
          setBad(false);
        }}
      />
    </FieldForm>
  );
}
