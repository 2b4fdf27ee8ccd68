import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { siteInputSchema } from '#core/domain/customer.ts';
import { desk } from '../../../desk.ts';
import { AddDialog } from './AddDialog.tsx';
import { useAdding } from './use-adding.ts';
import { wrongFields } from './wrong-fields.ts';

interface NewSiteInput {
  name: string;
  address: string;
}

/** A new place of the customer: what they call it and where it is. */
export function NewSite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('assignment');
  const form = useForm<NewSiteInput>({
    initialValues: { name: '', address: '' },
    validate: (values) => wrongFields(siteInputSchema, values, (name) => t(`wrong.${name}`)),
  });
  const add = useAdding<NewSiteInput>(async (id, input) => {
    const site = await desk.customers.createSite({ id, ...input });
    return { siteId: site.id };
  }, onClose);
  return (
    <AddDialog
      title={t('details.addSite')}
      error={add.error}
      isBusy={add.isPending}
      onSubmit={form.onSubmit((values) => add.mutate(values))}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        required
        label={t('details.siteName')}
        placeholder={t('details.siteNameExample')}
        dir="auto"
        {...form.getInputProps('name')}
      />
      <Textarea
        required
        autosize
        minRows={2}
        label={t('details.siteAddress')}
        placeholder={t('details.siteAddressExample')}
        dir="auto"
        {...form.getInputProps('address')}
      />
    </AddDialog>
  );
}
