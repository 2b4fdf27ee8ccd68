import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { emailSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { useNotify } from '../../notify.tsx';
import { useCan } from '../../session.tsx';
import { type CustomerFields, CustomerForm } from './CustomerForm.tsx';
import { NoPermission } from './NoPermission.tsx';
import { PossibleDuplicates } from './PossibleDuplicates.tsx';

/** What a failed search was for fills the field it fits. */
function fromSearch(text: string): Partial<CustomerFields> {
  if (emailSchema.safeParse(text).success) return { email: text };
  return /^[+\d][\d\s().-]{5,}$/.test(text) ? { phone: text } : { name: text };
}

/** The router has decoded most of it already; a lone percent sign is then no code. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Creates a customer; who looks like one that exists is shown first. `/customers/new/<text>` starts from a search. */
export function NewCustomerPage() {
  const { t, i18n } = useTranslation('customers');
  const { t: tWork } = useTranslation('work');
  const [, navigate] = useLocation();
  const { text = '' } = useParams<{ text?: string }>();
  const notify = useNotify();
  const client = useQueryClient();
  const create = useMutation(
    deskQuery.customers.create.mutationOptions({
      onSuccess: (customer) => {
        client.setQueryData(deskQuery.customers.get.queryKey({ input: { id: customer.id } }), customer);
        void client.invalidateQueries({ queryKey: deskQuery.customers.list.key() });
        notify.show(
          isLocalId(customer.id)
            ? { title: tWork('saved.title'), text: tWork('saved.customer', { name: customer.name }) }
            : {
                tone: 'good',
                title: t('new.created', { name: customer.name }),
                text: t('new.number', { id: customer.id }),
              },
        );
        navigate(`/customers/${customer.id}`, { replace: true });
      },
    }),
  );
  if (!useCan('create_customer')) return <NoPermission title={t('new.title')} />;
  const duplicate = create.error && codeOf(create.error) === 'possible_duplicate';
  return (
    <>
      <PageHeader title={t('new.title')} back={{ href: '/customers', label: t('list.title') }} />
      <CustomerForm
        initial={{
          name: '',
          type: 'individual',
          email: null,
          phone: null,
          paymentType: 'prepaid',
          taxIdentifier: null,
          language: i18n.language as Language,
          ...fromSearch(decoded(text)),
        }}
        submitLabel={t('new.submit')}
        busy={create.isPending}
        onSubmit={(fields) => create.mutate(fields)}
        onCancel={() => navigate('/customers')}
      >
        {duplicate && (
          <PossibleDuplicates
            error={create.error}
            busy={create.isPending}
            onCreateAnyway={() => create.variables && create.mutate({ ...create.variables, allowDuplicate: true })}
          />
        )}
        {create.error && !duplicate && <ErrorNotice error={create.error} />}
      </CustomerForm>
    </>
  );
}
