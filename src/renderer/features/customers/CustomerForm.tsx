import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer, CustomerType } from '#core/domain/customer.ts';
import { type Language, languages } from '#core/domain/languages.ts';
import { useFormat } from '../../format.tsx';
import { createFormat, toE164 } from '../../formatters.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { languageNames } from '../../i18n.ts';
import classes from './customers.module.css';
import { customerRules, orNull } from './form-rules.ts';
import { useCountry } from './use-customers.ts';

/** The fields as they are stored: the phone in E.164, nothing for an empty field. */
export interface CustomerFields {
  name: string;
  type: CustomerType;
  email: string | null;
  phone: string | null;
  paymentType: Customer['paymentType'];
  taxIdentifier: string | null;
  language: Language;
}

interface CustomerFormProps {
  initial: CustomerFields;
  submitLabel: string;
  busy: boolean;
  onSubmit: (fields: CustomerFields) => void;
  onCancel: () => void;
  /** Answers to the last sending: errors, possible duplicates. */
  children?: ReactNode;
}

/** The fields of a customer, checked with the core's own rules before they are sent. */
export function CustomerForm({ initial, submitLabel, busy, onSubmit, onCancel, children }: CustomerFormProps) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const { phone: readable } = useFormat();
  const country = useCountry();
  const storedPhone = initial.phone === null ? '' : readable(initial.phone);
  const rules = customerRules(t, country, storedPhone);
  const phoneOf = (text: string) => (text === storedPhone ? initial.phone : toE164(text, country));
  const form = useForm({
    initialValues: {
      ...initial,
      email: initial.email ?? '',
      phone: storedPhone,
      taxIdentifier: initial.taxIdentifier ?? '',
    },
    validateInputOnBlur: ['email', 'phone'],
    validate: rules,
  });
  const submit = form.onSubmit((values) =>
    onSubmit({
      ...values,
      name: values.name.trim(),
      email: orNull(values.email),
      phone: phoneOf(values.phone),
      taxIdentifier: orNull(values.taxIdentifier),
    }),
  );
  const stored = phoneOf(form.values.phone);
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <SegmentedControl
        className={classes.wide}
        w="fit-content"
        aria-label={t('form.type')}
        data={[
          { value: 'individual', label: tCommon('customerType.individual') },
          { value: 'business', label: tCommon('customerType.business') },
        ]}
        {...form.getInputProps('type')}
      />
      <TextInput
        {...mainAct}
        className={classes.wide}
        label={form.values.type === 'business' ? t('form.companyName') : t('form.name')}
        required
        dir="auto"
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput label={t('form.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <TextInput
        label={t('form.phone')}
        type="tel"
        autoComplete="off"
        description={
          stored === null ? t('form.phoneHint') : t('form.phoneStored', { phone: createFormat('en').phone(stored) })
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('phone')}
      />
      <Select
        label={t('form.language')}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        {...form.getInputProps('language')}
      />
      <Select
        label={t('form.payment')}
        allowDeselect={false}
        data={[
          { value: 'prepaid', label: t('payment.prepaid') },
          { value: 'postpaid', label: t('payment.postpaid') },
        ]}
        {...form.getInputProps('paymentType')}
      />
      {form.values.type === 'business' && (
        <TextInput label={t('form.tax')} maxLength={40} {...form.getInputProps('taxIdentifier')} />
      )}
      {children && <div className={classes.wide}>{children}</div>}
      <div className={classes.buttons}>
        <Button type="submit" loading={busy}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {tCommon('cancel')}
        </Button>
      </div>
    </form>
  );
}
