import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactInputSchema } from '#core/domain/customer.ts';
import { desk, deskQuery } from '../../../desk.ts';
import { toE164 } from '../../../formatters.ts';
import { AddDialog } from './AddDialog.tsx';
import { useAdding } from './use-adding.ts';
import { wrongFields } from './wrong-fields.ts';

interface NewContactInput {
  name: string;
  email: string;
  phone: string;
}

/** A new contact of the customer, with the role it was added for. */
export function NewContact({ role, onClose }: { role: 'billing' | 'technical'; onClose: () => void }) {
  const { t } = useTranslation('assignment');
  const { data: info } = useQuery({ ...deskQuery.central.info.queryOptions(), staleTime: 60_000 });
  const read = ({ name, email, phone }: NewContactInput) => ({
    name,
    email: email.trim() || null,
    phone: phone.trim() === '' ? null : (toE164(phone, info?.country ?? 'GB') ?? phone),
    roles: [role],
  });
  const form = useForm<NewContactInput>({
    initialValues: { name: '', email: '', phone: '' },
    validate: (values) => wrongFields(contactInputSchema, read(values), (name) => t(`wrong.${name}`)),
  });
  const add = useAdding<NewContactInput>(async (id, input) => {
    const contact = await desk.customers.createContact({ id, ...read(input) });
    return role === 'billing' ? { billingContactId: contact.id } : { technicalContactId: contact.id };
  }, onClose);
  return (
    <AddDialog
      title={t(`details.add.${role}`)}
      error={add.error}
      isBusy={add.isPending}
      onSubmit={form.onSubmit((values) => add.mutate(values))}
      onClose={onClose}
    >
      <TextInput data-autofocus required label={t('field.name')} dir="auto" {...form.getInputProps('name')} />
      <TextInput type="email" label={t('field.email')} {...form.getInputProps('email')} />
      <TextInput type="tel" label={t('field.phone')} {...form.getInputProps('phone')} />
    </AddDialog>
  );
}
