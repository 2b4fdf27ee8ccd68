import { Skeleton } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Part } from '../../components/Part.tsx';
import { PhoneText } from '../../components/PhoneText.tsx';
import { type Barrier, useMe } from '../../session.tsx';
import { EditableField } from './EditableField.tsx';

/** With the library of numbering plans, which is larger than the page. */
const form = async () => (await import('./PhoneForm.tsx')).PhoneForm;
const FORM_HEIGHT = 140;

/** The phone number of the contact who is signed in; of the customer where there is no contact. */
export function PhoneField({ barrier, note }: { barrier: Barrier; note: string }) {
  const { t } = useTranslation('account');
  const { contact, customer } = useMe();
  const phone = contact === null ? customer.phone : contact.phone;
  return (
    <EditableField
      label={t('details.phone')}
      value={phone === null ? t('details.noPhone') : <PhoneText number={phone} />}
      barrier={barrier}
      note={note}
    >
      {({ done, cancel }) => (
        <Suspense fallback={<Skeleton height={FORM_HEIGHT} />}>
          <Part
            load={form}
            props={{
              phone,
              nearby: phone ?? customer.phone,
              onDone: () => done(t('details.saved')),
              onCancel: cancel,
            }}
          />
        </Suspense>
      )}
    </EditableField>
  );
}
