import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PaymentKind, PaymentMethod } from '#core/domain/billing.ts';
import { paymentKindOf } from '#core/domain/payment-rules.ts';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { OutLink, useHasPage } from '../../components/OutLink.tsx';
import { Section } from '../../components/Section.tsx';
import { useSecurityBarrier } from '../../session.tsx';
import classes from './billing.module.css';
import { MethodCard } from './MethodCard.tsx';
import { orderMethods } from './signs.ts';

/** How the customer pays. What is shown follows the kind of method on file (PY-8). */
export function PaymentMethods() {
  const { t } = useTranslation('billing');
  const methods = useQuery(portal.paymentMethods.list.queryOptions());
  return (
    <Loaded query={methods} height={220}>
      {({ items }) => {
        const kind = paymentKindOf(items);
        return (
          <>
            {items.length > 0 && (
              <Section title={t('payment.methods')}>
                <MethodList methods={items} />
              </Section>
            )}
            <AddMethod kind={kind} />
          </>
        );
      }}
    </Loaded>
  );
}

function MethodList({ methods }: { methods: readonly PaymentMethod[] }) {
  const { t } = useTranslation('common');
  const barrier = useSecurityBarrier();
  return (
    <>
      <ul className={classes.methods}>
        {orderMethods(methods).map((method) => (
          <MethodCard key={method.id} method={method} mayChange={barrier === null} />
        ))}
      </ul>
      {barrier !== null && <p className={classes.reason}>{t(barrier)}</p>}
    </>
  );
}

/** The way to a method that is charged by itself: the operator's own page, or how it is done in person. */
function AddMethod({ kind }: { kind: PaymentKind }) {
  const { t } = useTranslation('billing');
  const hasPage = useHasPage('add_payment_method');
  const titles = {
    none: t('payment.noneTitle'),
    offline: t('payment.offlineTitle'),
    automatic: t('payment.addAnother'),
  };
  const texts = { none: t('payment.noneText'), offline: t('payment.offlineText'), automatic: undefined };
  const words = { none: t('payment.add'), offline: t('payment.switch'), automatic: t('payment.addAnother') };
  return (
    <div data-part="add-method" data-kind={kind}>
      <Section title={titles[kind]} intro={texts[kind]}>
        {hasPage ? (
          <OutLink to="add_payment_method" variant={kind === 'automatic' ? 'default' : 'filled'}>
            {words[kind]}
          </OutLink>
        ) : (
          <>
            <p className={classes.strong}>{t('payment.howTitle')}</p>
            <ol className={classes.steps}>
              <li>{t('payment.stepShop')}</li>
              <li>{t('payment.stepCall')}</li>
              <li>{t('payment.stepDone')}</li>
            </ol>
          </>
        )}
      </Section>
    </div>
  );
}
