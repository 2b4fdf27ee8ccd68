import { useTranslation } from 'react-i18next';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useMe } from '../../session.tsx';
import classes from './Facts.module.css';

/** What of the account only staff may change. */
export function Facts() {
  const { t } = useTranslation('account');
  const { date, dateTime } = useFormat();
  const { customer, account } = useMe();
  const facts = [
    { label: t('facts.id'), value: String(customer.id) },
    { label: t('facts.name'), value: customer.name },
    { label: t('facts.type'), value: t(`facts.${customer.type}`) },
    { label: t('facts.created'), value: date(customer.createdAt) },
    ...(account?.lastSignInAt ? [{ label: t('facts.lastSignIn'), value: dateTime(account.lastSignInAt) }] : []),
  ];
  return (
    <Section title={t('facts.title')} intro={t('facts.intro')}>
      <dl className={classes.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
