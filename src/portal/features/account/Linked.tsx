import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { portalContactSchema } from '#core/domain/portal.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { PhoneText } from '../../components/PhoneText.tsx';
import { Section } from '../../components/Section.tsx';
import classes from './Facts.module.css';

type PortalContact = z.infer<typeof portalContactSchema>;

/** The customer's addresses. */
export function Sites() {
  const { t } = useTranslation('account');
  const sites = useQuery(portal.account.sites.queryOptions());
  return (
    <Section title={t('sites.title')}>
      <Loaded query={sites} height={70}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('sites.none')} />
          ) : (
            <ul className={classes.list}>
              {items.map(({ id, name, address }) => (
                <li key={id}>
                  <p className={classes.name}>{name}</p>
                  <p className={classes.more}>{address}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

/** The people that the operator knows of the customer. */
export function Contacts() {
  const { t } = useTranslation('account');
  const contacts = useQuery(portal.account.contacts.queryOptions());
  return (
    <Section title={t('contacts.title')}>
      <Loaded query={contacts} height={90}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('contacts.none')} />
          ) : (
            <ul className={classes.list}>
              {items.map((contact) => (
                <Contact key={contact.id} contact={contact} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Contact({ contact: { name, email, phone, roles } }: { contact: PortalContact }) {
  const { t } = useTranslation('account');
  return (
    <li>
      <p className={classes.name}>{name}</p>
      {roles.length > 0 && <p className={classes.more}>{roles.map((role) => t(`contacts.${role}`)).join(' · ')}</p>}
      {(email !== null || phone !== null) && (
        <p className={classes.more}>
          {email}
          {email !== null && phone !== null && ' · '}
          {phone !== null && <PhoneText number={phone} />}
        </p>
      )}
    </li>
  );
}
