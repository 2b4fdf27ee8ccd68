import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { contactRoleSchema } from '#core/domain/customer.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { toE164 } from '../../formatters.ts';
import { customerRules, orNull } from './form-rules.ts';
import { useCountry } from './use-customers.ts';

interface AddContactProps {
  customerId: number;
  opened: boolean;
  onClose: () => void;
}

/** A new person to talk to. */
export function AddContact({ opened, onClose, ...rest }: AddContactProps) {
  const { t } = useTranslation('customers');
  return (
    <Modal opened={opened} onClose={onClose} title={t('contacts.add')}>
      <ContactForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function ContactForm({ customerId, onClose }: Omit<AddContactProps, 'opened'>) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const country = useCountry();
  const client = useQueryClient();
  const roles: z.infer<typeof contactRoleSchema>[] = [];
  const form = useForm({
    initialValues: { name: '', email: '', phone: '', roles },
    validateInputOnBlur: ['email', 'phone'],
    validate: customerRules(t, country),
  });
  const add = useMutation(
    deskQuery.customers.createContact.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: deskQuery.customers.contacts.key() });
        onClose();
      },
    }),
  );
  const submit = form.onSubmit(({ name, email, phone, roles: chosen }) =>
    add.mutate({
      id: customerId,
      name: name.trim(),
      email: orNull(email),
      phone: toE164(phone, country),
      roles: chosen,
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label={t('form.name')} required data-autofocus dir="auto" {...form.getInputProps('name')} />
        <TextInput label={t('form.email')} type="email" {...form.getInputProps('email')} />
        <TextInput label={t('form.phone')} type="tel" {...form.getInputProps('phone')} />
        <Checkbox.Group label={t('contacts.roles')} {...form.getInputProps('roles')}>
          <Group gap="md" mt={6}>
            {contactRoleSchema.options.map((role) => (
              <Checkbox key={role} value={role} label={t(`role.${role}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        {add.error && <ErrorNotice error={add.error} />}
        <Group>
          <Button type="submit" loading={add.isPending}>
            {t('contacts.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {tCommon('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
