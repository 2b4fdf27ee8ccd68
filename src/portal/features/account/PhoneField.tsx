import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { countryOf, formatPhone, toE164 } from '../../phone.ts';
import { type Barrier, useMe, useSetMe } from '../../session.tsx';
import { EditableField } from './EditableField.tsx';
import { FieldForm } from './FieldForm.tsx';

/** The phone number of the contact who is signed in; of the customer where there is no contact. */
export function PhoneField({ barrier, note }: { barrier: Barrier; note: string }) {
  const { t } = useTranslation('account');
  const { contact, customer } = useMe();
  const phone = contact === null ? customer.phone : contact.phone;
  return (
    <EditableField
      label={t('details.phone')}
      value={phone === null ? t('details.noPhone') : formatPhone(phone)}
      barrier={barrier}
      note={note}
    >
      {({ done, cancel }) => (
        <PhoneForm
          phone={phone}
          country={countryOf(phone ?? customer.phone)}
          onDone={() => done(t('details.saved'))}
          onCancel={cancel}
        />
      )}
    </EditableField>
  );
}

interface PhoneFormProps {
  readonly phone: string | null;
  /** Whose national numbers may be written without a country code. */
  readonly country: ReturnType<typeof countryOf>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function PhoneForm({ phone, country, onDone, onCancel }: PhoneFormProps) {
  const { t } = useTranslation('account');
  const setMe = useSetMe();
  const [written, setWritten] = useState(phone === null ? '' : formatPhone(phone));
  const [isBad, setBad] = useState(false);
  const save = useMutation({
    mutationFn: (number: string | null) => api.account.change({ phone: number }),
    onSuccess: (me) => {
      setMe(me);
      onDone();
    },
  });
  const submit = () => {
    const number = written.trim() === '' ? null : toE164(written, country);
    const refused = written.trim() !== '' && number === null;
    setBad(refused);
    if (!refused) save.mutate(number);
  };
  return (
    <FieldForm error={save.error} isPending={save.isPending} onSubmit={submit} onCancel={onCancel}>
      <TextInput
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
