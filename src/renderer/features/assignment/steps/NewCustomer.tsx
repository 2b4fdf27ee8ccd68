import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { customerInputSchema } from '#core/domain/customer.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { desk } from '../../../desk.ts';
import { codeOf } from '../../../errors.ts';
import { type CustomerFields, CustomerForm } from '../../customers/CustomerForm.tsx';
import { StepHead } from '../parts/StepHead.tsx';
import { useWizard } from '../wizard.ts';
import { Duplicates } from './Duplicates.tsx';

/** What was typed into the search is most likely what the new customer is known by. An ID is nothing to start with. */
export function startWith(typed: string): Pick<CustomerFields, 'name' | 'email' | 'phone'> {
  const blank = { name: '', email: null, phone: null };
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
  const take = (customerId: number) =>
    act('customer', () => desk.drafts.chooseCustomer({ draftId: draft.id, customerId }), 'advance');
  const create = useMutation({
    mutationFn: (fields: CustomerFields & { allowDuplicate?: boolean }) => desk.customers.create(fields),
    onSuccess: ({ id }) => take(id),
  });
  const isDuplicate = create.error !== null && codeOf(create.error) === 'possible_duplicate';
  const initial: CustomerFields = {
    ...startWith(typed),
    type: draft.product?.customerTypes[0] ?? 'individual',
    paymentType: 'prepaid',
    taxIdentifier: null,
    language: customerInputSchema.shape.language.catch('en').parse(i18n.language),
  };
  return (
    <section
      aria-label={t('customer.create')}
      // Esc goes back to the search, one level, not out of the step.
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <StepHead title={t('customer.new.title')} text={t('customer.new.text')} />
      <CustomerForm
        initial={initial}
        submitLabel={t('customer.new.create')}
        busy={create.isPending}
        onSubmit={(fields) => create.mutate(fields)}
        onCancel={onCancel}
      >
        {isDuplicate && (
          <Duplicates
            error={create.error}
            busy={create.isPending}
            onTake={(id) => void take(id)}
            onCreateAnyway={() => create.variables && create.mutate({ ...create.variables, allowDuplicate: true })}
          />
        )}
        {create.error !== null && !isDuplicate && <ErrorNotice error={create.error} />}
      </CustomerForm>
    </section>
  );
}
