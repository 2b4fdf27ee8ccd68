import { useTranslation } from 'react-i18next';
import type { PortalServiceDetail } from '#core/contract/portal/services.ts';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import classes from './services.module.css';

/** What a service is made of: equipment, place, add-ons, terms. */
export function ServiceParts({ service }: { service: PortalServiceDetail }) {
  const { t } = useTranslation('services');
  const { date } = useFormat();
  const { items, site, addOns, terms } = service;
  return (
    <>
      <Section title={t('detail.items')}>
        {items.length === 0 ? (
          <p className={classes.quietText}>{t('detail.noItems')}</p>
        ) : (
          <ul className={classes.list}>
            {items.map(({ templateName, label, identifier }) => (
              <li key={`${templateName} ${identifier ?? label}`}>
                <p className={classes.strong}>{templateName}</p>
                <p className={classes.code}>{identifier ?? label}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {site !== null && (
        <Section title={t('detail.site')}>
          <p className={classes.strong} dir="auto">
            {site.name}
          </p>
          <p className={classes.quietText} dir="auto">
            {site.address}
          </p>
        </Section>
      )}
      <Section title={t('detail.addOns')}>
        {addOns.length === 0 ? (
          <p className={classes.quietText}>{t('detail.noAddOns')}</p>
        ) : (
          <ul className={classes.list}>
            {addOns.map(({ name, at }) => (
              <li key={`${name} ${at}`}>
                <p className={classes.strong}>{name}</p>
                <p className={classes.quietText}>{t('detail.addedOn', { date: date(at) })}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {terms !== '' && (
        <Section title={t('detail.terms')}>
          <p className={classes.terms}>{terms}</p>
        </Section>
      )}
    </>
  );
}
