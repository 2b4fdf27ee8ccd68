import { Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Contact, contactRoleSchema } from '#core/domain/customer.ts';
import { FormEnd } from '../../components/FormEnd.tsx';
import { desk, deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { toE164 } from '../../formatters.ts';
import { useNotify } from '../../notify.tsx';
import { useIsOffline } from '../../work/use-work.ts';
import { customerRules, orNull } from './form-rules.ts';
import { useCountry } from './use-customers.ts';

interface ContactDialogProps {
  customerId: number;
  /** Whom to change; nobody for a new one. */
  contact?: Contact;
  opened: boolean;
  onClose: () => void;
}

/** A new person to talk to, or what is known of one. */
export function ContactDialog({ opened, ...rest }: ContactDialogProps) {
  const { t } = useTranslation('customers');
  return (
    <Modal opened={opened} onClose={rest.onClose} title={t(rest.contact ? 'contacts.editTitle' : 'contacts.add')}>
      <ContactForm {...rest} />
    </Modal>
  );
}

function ContactForm({ customerId, contact, onClose }: Omit<ContactDialogProps, 'opened'>) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const country = useCountry();
  const format = useFormat();
  // Only a new one is kept in the outbox: a change has nothing to tell it from what somebody else changed meanwhile.
  const isOutOfReach = useIsOffline() && contact !== undefined;
  const storedPhone = contact?.phone ? format.phone(contact.phone) : '';
  const form = useForm({
    initialValues: {
      ...{ name: contact?.name ?? '', email: contact?.email ?? '', phone: storedPhone },
      roles: contact?.roles ?? [],
    },
    validateInputOnBlur: ['email', 'phone'],
    validate: customerRules(t, country, storedPhone),
  });
  const save = useSaveContact(customerId, contact, onClose);
  const submit = form.onSubmit(({ name, email, phone, roles }) =>
    save.mutate({
      ...{ name: name.trim(), email: orNull(email), roles },
      phone: phone === storedPhone ? (contact?.phone ?? null) : toE164(phone, country),
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label={t('form.name')} required data-autofocus dir="auto" {...form.getInputProps('name')} />
        <TextInput
          label={t('form.email')}
          description={contact?.hasLogin ? t('contacts.emailIsLogin') : undefined}
          type="email"
          readOnly={contact?.hasLogin}
          {...form.getInputProps('email')}
        />
        <TextInput label={t('form.phone')} type="tel" {...form.getInputProps('phone')} />
        <Checkbox.Group label={t('contacts.roles')} {...form.getInputProps('roles')}>
          <Group gap="md" mt={6}>
            {contactRoleSchema.options.map((role) => (
              <Checkbox key={role} value={role} label={t(`role.${role}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        {isOutOfReach && (
          <Text size="sm" role="status">
            {t('account.needsLine')}
          </Text>
        )}
        <FormEnd
          verb={contact ? tCommon('save') : t('contacts.save')}
          isBusy={save.isPending}
          error={save.error}
          isDisabled={isOutOfReach}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

function useSaveContact(id: number, contact: Contact | undefined, onDone: () => void) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (fields: Pick<Contact, 'name' | 'email' | 'phone' | 'roles'>) =>
      contact
        ? desk.customers.changeContact({ id, contactId: contact.id, ...fields })
        : desk.customers.createContact({ id, ...fields }),
    onSuccess: ({ name }) => {
      if (contact) notify.show({ tone: 'good', title: t('contacts.saved', { name }) });
      void client.invalidateQueries({ queryKey: deskQuery.customers.contacts.key() });
      void client.invalidateQueries({ queryKey: deskQuery.customers.activity.key() });
      onDone();
    },
  });
}
