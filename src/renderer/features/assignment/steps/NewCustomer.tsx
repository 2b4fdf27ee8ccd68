import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { customerInputSchema, type CustomerType } from '#core/domain/customer.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { desk, deskQuery } from '../../../desk.ts';
import { codeOf } from '../../../errors.ts';
import { toE164 } from '../../../formatters.ts';
import { StepHead } from '../parts/StepHead.tsx';
import { useWizard } from '../wizard.ts';
import classes from './DetailsStep.module.css';
import { Duplicates } from './Duplicates.tsx';
import { wrongFields } from './wrong-fields.ts';

interface NewCustomerInput {
  name: string;
  type: CustomerType;
  email: string;
  phone: string;
}

/** What was typed into the search is most likely what the new customer is known by. */
export function startWith(typed: string): Pick<NewCustomerInput, 'name' | 'email' | 'phone'> {
  const blank = { name: '', email: '', phone: '' };
  if (typed.includes('@')) return { ...blank, email: typed };
  if (/^[+\d][\d\s().-]{5,}$/.test(typed)) return { ...blank, phone: typed };
  return { ...blank, name: /^#?\d+$/.test(typed) ? '' : typed };
}

interface NewCustomerProps {
  typed: string;
  onCancel: () => void;
}

/** Creates the customer at the counter and goes on with them; someone alike is offered first (PA-6). */
export function NewCustomer({ typed, onCancel }: NewCustomerProps) {
  const { t, i18n } = useTranslation('assignment');
  const { draft, act } = useWizard();
  const { data: info } = useQuery({ ...deskQuery.central.info.queryOptions(), staleTime: 60_000 });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const read = ({ name, type, email, phone }: NewCustomerInput) => ({
    name,
    type,
    email: email.trim() || null,
    phone: phone.trim() === '' ? null : (toE164(phone, info?.country ?? 'GB') ?? phone),
    language: customerInputSchema.shape.language.catch('en').parse(i18n.language),
  });
  const form = useForm<NewCustomerInput>({
    initialValues: { ...startWith(typed), type: draft.product?.customerTypes[0] ?? 'individual' },
    validate: (values) => wrongFields(customerInputSchema, read(values), (name) => t(`wrong.${name}`)),
  });
  const take = (customerId: number) =>
    act('customer', () => desk.drafts.chooseCustomer({ draftId: draft.id, customerId }), 'advance');
  const create = useMutation({
    mutationFn: (allowDuplicate: boolean) => desk.customers.create({ ...read(form.getValues()), allowDuplicate }),
    onSuccess: ({ id }) => take(id),
  });
  const isDuplicate = create.error !== null && codeOf(create.error) === 'possible_duplicate';
  return (
    <section aria-label={t('customer.create')}>
      <StepHead title={t('customer.new.title')} text={t('customer.new.text')} />
      <form
        noValidate
        className={classes.form}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onCancel();
        }}
        onSubmit={form.onSubmit(() => create.mutate(false))}>
        <TextInput
          ref={first}
          className={classes.wide}
          required
          label={t('field.name')}
          dir="auto"
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <Stack gap={4} className={classes.wide}>
          <Text size="sm" fw={500} id="new-customer-type">
            {t('field.type')}
          </Text>
          <SegmentedControl
            aria-labelledby="new-customer-type"
            data={(['individual', 'business'] as const).map((value) => ({ value, label: t(`type.${value}`) }))}
            {...form.getInputProps('type')}
          />
        </Stack>
        <TextInput type="email" label={t('field.email')} autoComplete="off" {...form.getInputProps('email')} />
        <TextInput type="tel" label={t('field.phone')} autoComplete="off" {...form.getInputProps('phone')} />
        <div className={classes.wide}>
          {isDuplicate && <Duplicates error={create.error} onTake={(id) => void take(id)} />}
          {create.error !== null && !isDuplicate && <ErrorNotice error={create.error} />}
        </div>
        <Group justify="flex-end" gap="xs" className={classes.end}>
          <Button variant="default" onClick={onCancel}>
            {t('customer.new.back')}
          </Button>
          {isDuplicate ? (
            <Button variant="default" loading={create.isPending} onClick={() => create.mutate(true)}>
              {t('customer.new.anyway')}
            </Button>
          ) : (
            <Button type="submit" loading={create.isPending}>
              {t('customer.new.create')}
            </Button>
          )}
        </Group>
      </form>
    </section>
  );
}
