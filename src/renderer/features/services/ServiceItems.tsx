import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service } from '#core/domain/service.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useTemplateName } from '../../components/use-template-name.ts';
import { useCan } from '../../session.tsx';
import { useIdentifierWords } from '../customers/use-identifier-words.ts';
import classes from './services.module.css';

/** The SIM, the number, the modem: each with everything it can be known by. */
export function ServiceItems({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const words = useIdentifierWords();
  const nameOf = useTemplateName();
  const mayOpen = useCan('view_inventory');
  if (service.items.length === 0) return null;
  return (
    <ListPanel title={t('service.items')}>
      <dl className={`${classes.identifiers} ${classes.body}`}>
        {service.items.map((item) => (
          <Fragment key={item.id}>
            <dt>{nameOf(item.template, item.templateName)}</dt>
            <dd>
              {mayOpen ? (
                <Anchor component={Link} href={`/inventory/items/${item.id}`} size="sm">
                  {item.label}
                </Anchor>
              ) : (
                item.label
              )}
            </dd>
            {words(item.identifiers).map(({ key, label, value }) => (
              <Fragment key={key}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </Fragment>
            ))}
          </Fragment>
        ))}
      </dl>
    </ListPanel>
  );
}
