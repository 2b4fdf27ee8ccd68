import { Button, Select, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import classes from './desks.module.css';
import { useEnrolHere } from './use-enrolling.ts';
import { useStoreChoice } from './use-stores.ts';

/** For who may: a name and a store, and the desk is enrolled on the spot. */
export function EnrolHere({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('desks');
  const stores = useStoreChoice();
  const enrol = useEnrolHere();
  const form = useForm({
    initialValues: { name: '', storeId: stores.initial },
    validate: {
      name: (value) => (value.trim() === '' ? t('this.nameMissing') : null),
      storeId: (value) => (value === null ? t('this.storeMissing') : null),
    },
  });
  const submit = form.onSubmit(({ name, storeId }) => enrol.mutate({ name: name.trim(), storeId: Number(storeId) }));
  return (
    <form className={classes.here} onSubmit={submit} noValidate>
      <Title order={3} size="h3">
        {t('this.here.title')}
      </Title>
      <TextInput
        label={t('this.name')}
        description={t('this.nameHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={100}
        dir="auto"
        {...form.getInputProps('name')}
      />
      <Select
        label={t('this.store')}
        data={stores.options}
        allowDeselect={false}
        readOnly={stores.initial !== null}
        {...form.getInputProps('storeId')}
      />
      <Button type="submit" disabled={disabled} loading={enrol.isPending}>
        {t('this.here.button')}
      </Button>
      {enrol.error && <ErrorNotice error={enrol.error} />}
    </form>
  );
}
