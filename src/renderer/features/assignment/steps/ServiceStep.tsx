import { Button, Group, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addonTargets } from '#core/domain/service.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { StatusMark } from '../../../components/StatusMark.tsx';
import { desk } from '../../../desk.ts';
import { ChoiceSearch } from '../parts/ChoiceSearch.tsx';
import choices from '../parts/choices.module.css';
import { StepHead } from '../parts/StepHead.tsx';
import { useChoices } from '../parts/use-choices.ts';
import { useWizard } from '../wizard.ts';

/** Which service an add-on goes on, when several fit; why none does, when none does (AO-1, AO-2). */
export function ServiceStep() {
  const { t } = useTranslation('assignment');
  const { draft, act, open, busy } = useWizard();
  const [text, setText] = useState('');
  const fitting = draft.product === null ? [] : addonTargets(draft.product, draft.choices.services);
  const wanted = text.trim().toLocaleLowerCase();
  const rows = fitting.filter(({ name, id }) => `${name} ${id}`.toLocaleLowerCase().includes(wanted));
  const draftId = draft.id;
  const list = useChoices({
    rows,
    keyOf: ({ id }) => id,
    text,
    busy: busy.has('service'),
    preferred: draft.serviceId,
    onChoose: ({ id }) =>
      void act('service', () => desk.drafts.changeDetails({ draftId, details: { serviceId: id } }), 'advance'),
  });
  if (fitting.length === 0) {
    const type = draft.product === null ? '' : t(`common:serviceType.${draft.product.serviceType}`);
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={24} />}
        title={t('service.none.title')}
        text={t('service.none.text', { name: draft.customer?.name ?? '', type, product: draft.product?.name ?? '' })}
        causes={[t('service.none.status'), t('service.none.plan'), t('service.none.customer')]}
        action={
          <Group gap="xs" justify="center">
            <Button onClick={() => open('product')}>{t('lead.product')}</Button>
            <Button variant="default" onClick={() => open('customer')}>
              {t('lead.customer')}
            </Button>
          </Group>
        }
      />
    );
  }
  return (
    <section aria-label={t('step.service')}>
      <StepHead title={t('service.title')} text={t('service.text', { product: draft.product?.name ?? '' })} />
      <div className={choices.panel}>
        <ChoiceSearch label={t('service.search')} text={text} onText={setText} list={list} />
        <div {...list.listProps(t('service.list'))} className={choices.list}>
          {rows.map((service, index) => (
            <div key={service.id} {...list.rowProps(index)} className={choices.row}>
              <div className={choices.words}>
                <div className={choices.name} dir="auto">
                  {service.name}
                </div>
              </div>
              <div className={choices.end}>
                <StatusMark kind="service" status={service.status} look="plain" />
                <Text span size="sm" c="dimmed" className="tabular">
                  {t('customer.id', { id: service.id })}
                </Text>
              </div>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}
