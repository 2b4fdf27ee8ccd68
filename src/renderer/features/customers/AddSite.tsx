import { Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { siteInputSchema } from '#core/domain/customer.ts';
import { FormEnd } from '../../components/FormEnd.tsx';
import { deskQuery } from '../../desk.ts';
import { customerRules } from './form-rules.ts';

interface AddSiteProps {
  customerId: number;
  opened: boolean;
  onClose: () => void;
}

/** A new place of the customer's. */
export function AddSite({ opened, onClose, ...rest }: AddSiteProps) {
  const { t } = useTranslation('customers');
  return (
    <Modal opened={opened} onClose={onClose} title={t('sites.add')}>
      <SiteForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function SiteForm({ customerId, onClose }: Omit<AddSiteProps, 'opened'>) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: '', address: '' },
    validate: {
      name: customerRules(t, '').name,
      address: (value) => (siteInputSchema.shape.address.safeParse(value).success ? null : t('sites.addressMissing')),
    },
  });
  const add = useMutation(
    deskQuery.customers.createSite.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: deskQuery.customers.sites.key() });
        onClose();
      },
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate({ id: customerId, ...values }))} noValidate>
      <Stack>
        <TextInput
          label={t('sites.name')}
          placeholder={t('sites.nameHint')}
          required
          data-autofocus
          dir="auto"
          {...form.getInputProps('name')}
        />
        <Textarea
          label={t('sites.address')}
          required
          autosize
          minRows={2}
          dir="auto"
          {...form.getInputProps('address')}
        />
        <FormEnd verb={t('sites.save')} isBusy={add.isPending} error={add.error} onCancel={onClose} />
      </Stack>
    </form>
  );
}
