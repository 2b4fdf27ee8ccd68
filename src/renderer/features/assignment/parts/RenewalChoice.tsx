import { Radio, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { useWizard } from '../wizard.ts';
import classes from './RenewalChoice.module.css';

/** Renew by itself or not, each with what it means for the customer; yes without a payment method warns (PA-13). */
export function RenewalChoice({ isFocused = false }: { isFocused?: boolean }) {
  const { t } = useTranslation('assignment');
  const { money } = useFormat();
  const { draft, act } = useWizard();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFocused) group.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }, [isFocused]);
  const { product, customer, autoRenew } = draft;
  if (product === null || product.recurring === null) return null;
  const price = t(`price.per.${product.recurring.period}`, { price: money(product.recurring.price) });
  const answer = (value: string) =>
    void act('renewal', () =>
      desk.drafts.changeDetails({ draftId: draft.id, details: { autoRenew: value === 'yes' } }),
    );
  const cannotCharge = autoRenew === true && customer !== null && !customer.hasPaymentMethod;
  return (
    <div ref={group}>
      <Radio.Group
        aria-label={t('renewal.title')}
        value={autoRenew === null ? null : autoRenew ? 'yes' : 'no'}
        onChange={answer}
      >
        <div className={classes.choices}>
          {(['yes', 'no'] as const).map((value) => (
            <Radio.Card key={value} value={value} className={classes.choice} radius="lg">
              <Radio.Indicator />
              <div>
                <Text fw={600} size="sm">
                  {t(`renewal.${value}`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`renewal.${value}Means`, { price })}
                </Text>
              </div>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {cannotCharge && (
        <div className={classes.warning} role="status">
          <IconAlertTriangle size={16} aria-hidden />
          <Text size="sm">{t('renewal.noMethod', { name: customer.name })}</Text>
        </div>
      )}
    </div>
  );
}
