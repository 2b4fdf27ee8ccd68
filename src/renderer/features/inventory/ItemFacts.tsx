import { Anchor, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Item, identifierSchema } from '#core/domain/inventory.ts';
import { Countdown, useFormat } from '../../format.tsx';
import classes from './facts.module.css';
import { identifierText } from './identifier-text.ts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Identifiers, store, owner and hold of an item. */
export function ItemFacts({ item }: { item: Item }) {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  return (
    <Paper p="lg">
      <dl className={classes.facts}>
        {identifierSchema.options.map((kind) => {
          const value = item.identifiers[kind];
          return (
            value !== undefined && (
              <Fact key={kind} name={t(`identifier.${kind}`)}>
                <span className="tabular">{identifierText(format, kind, value)}</span>
              </Fact>
            )
          );
        })}
        <Fact name={t('column.store')}>{item.storeName ?? t('everywhere')}</Fact>
        <Fact name={t('item.owner')}>
          {item.customerId === null ? (
            <Text span c="dimmed">
              {t('item.nobody')}
            </Text>
          ) : (
            <Anchor component={Link} href={`/customers/${item.customerId}`}>
              {t('item.customer', { id: item.customerId })}
            </Anchor>
          )}
        </Fact>
        {item.serviceId !== null && (
          <Fact name={t('item.service')}>
            <Anchor component={Link} href={`/services/${item.serviceId}`}>
              {`#${item.serviceId}`}
            </Anchor>
          </Fact>
        )}
        {item.reservation && (
          <Fact name={t('column.held')}>
            {item.reservation.userName} · <Countdown until={item.reservation.expiresAt} />
          </Fact>
        )}
      </dl>
    </Paper>
  );
}
