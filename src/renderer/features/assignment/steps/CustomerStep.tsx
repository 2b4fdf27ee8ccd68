import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconBuilding, IconUser, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { StatusMark } from '../../../components/StatusMark.tsx';
import { desk, deskQuery } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { useCan } from '../../../session.tsx';
import { ChoiceSearch } from '../parts/ChoiceSearch.tsx';
import choices from '../parts/choices.module.css';
import { StepHead } from '../parts/StepHead.tsx';
import { useChoices } from '../parts/use-choices.ts';
import { useCustomerId } from '../parts/use-customer-id.ts';
import { useWizard } from '../wizard.ts';
import { NewCustomer } from './NewCustomer.tsx';
import { byExactId } from './rank.ts';

const DEBOUNCE_MS = 120;
const SHOWN = 30;

/** Finds the customer by name, ID, e-mail or phone; the first match is highlighted and Enter takes it (PA-5 to PA-7). */
export function CustomerStep() {
  const [creating, setCreating] = useState<string | null>(null);
  if (creating !== null) return <NewCustomer typed={creating} onCancel={() => setCreating(null)} />;
  return <FindCustomer onCreate={setCreating} />;
}

function useCustomers(text: string) {
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, DEBOUNCE_MS);
  const query = useQuery({
    ...deskQuery.customers.list.queryOptions({ input: { q: asked, limit: SHOWN } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  const settled = asked === wanted && !query.isPlaceholderData && !query.isPending;
  const rows = wanted === '' ? [] : byExactId(query.data?.items ?? [], wanted);
  return { ...query, rows, wanted, settled };
}

function FindCustomer({ onCreate }: { onCreate: (typed: string) => void }) {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const canCreate = useCan('create_customer');
  const [text, setText] = useState('');
  const { rows, wanted, settled, error, refetch, isPending } = useCustomers(text);
  const draftId = draft.id;
  const list = useChoices({
    rows,
    keyOf: ({ id }) => id,
    text: wanted,
    settled,
    busy: busy.has('customer'),
    onChoose: ({ id }) =>
      void act('customer', () => desk.drafts.chooseCustomer({ draftId, customerId: id }), 'advance'),
  });
  const nothing = wanted !== '' && settled && rows.length === 0;
  return (
    <section aria-label={t('step.customer')}>
      <StepHead title={t('customer.title')} text={t('customer.text')} />
      <NotFitting />
      <div className={choices.panel}>
        <ChoiceSearch
          label={t('customer.search')}
          placeholder={t('customer.placeholder')}
          text={text}
          onText={setText}
          list={list}
          end={
            canCreate && (
              <Button
                variant="default"
                leftSection={<IconUserPlus size={16} aria-hidden />}
                onClick={() => onCreate(wanted)}
              >
                {t('customer.create')}
              </Button>
            )
          }
        />
        {error !== null && (
          <div className={choices.error}>
            <ErrorNotice error={error} onRetry={() => void refetch()} />
          </div>
        )}
        {error === null && wanted !== '' && isPending && <LoadingRows rows={3} label={t('customer.searching')} />}
        {rows.length > 0 && (
          <div {...list.listProps(t('customer.matches'))} className={choices.list} data-stale={!settled || undefined}>
            {rows.map((customer, index) => (
              <div key={customer.id} {...list.rowProps(index)} className={choices.row}>
                <CustomerRow customer={customer} />
              </div>
            ))}
          </div>
        )}
        {nothing && (
          <EmptyState
            title={t('customer.none.title', { text: wanted })}
            causes={[t('customer.none.other'), t('customer.none.spelling'), t('customer.none.create')]}
          />
        )}
        {wanted === '' && <p className={choices.hint}>{t('customer.start')}</p>}
        {rows.length > 0 && (
          <div className={choices.hint}>
            <span>
              <Kbd keys="Enter" /> {t('keys.takeFirst')}
            </span>
            <span>
              <IconAlertTriangle size={14} aria-hidden /> {t('customer.check')}
            </span>
          </div>
        )}
      </div>
    </section>
  );
}

/** Says why the customer chosen earlier can't have this, above the search for another. */
function NotFitting() {
  const { t } = useTranslation('assignment');
  const { t: tWork } = useTranslation('work');
  const { draft, steps } = useWizard();
  const reason = steps.find(({ name }) => name === 'customer')?.missing[0];
  if (draft.customer === null || reason === undefined || reason === 'customer') return null;
  const { name, id, status } = draft.customer;
  return (
    <Group role="alert" gap="sm" mb="sm" wrap="nowrap" c="var(--c-bad)">
      <IconAlertTriangle size={18} aria-hidden />
      <Text size="sm">
        {t(`customer.${reason}`, {
          name,
          id: isLocalId(id) ? tWork('numberFollows') : id,
          status: t(`common:status.customer.${status}`),
        })}
      </Text>
    </Group>
  );
}

function CustomerRow({ customer }: { customer: Customer }) {
  const { t } = useTranslation('assignment');
  const { phone } = useFormat();
  const idOf = useCustomerId();
  const { name, id, type, email, status } = customer;
  const Icon = type === 'business' ? IconBuilding : IconUser;
  const detail = [t(`common:customerType.${type}`), email, customer.phone && phone(customer.phone)]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <span className={choices.icon} aria-hidden>
        <Icon size={18} />
      </span>
      <div className={choices.words}>
        <div className={choices.name} dir="auto">
          {name}
        </div>
        <div className={choices.detail}>{detail}</div>
      </div>
      <div className={choices.end}>
        {status !== 'open' && <StatusMark kind="customer" status={status} />}
        <Text span size="sm" c="dimmed" className="tabular">
          {idOf(id)}
        </Text>
      </div>
    </>
  );
}
