import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '#core/domain/product.ts';
import { useFormat } from '../../format.tsx';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useCan } from '../../session.tsx';
import classes from './CataloguePage.module.css';
import { serviceTypeIcons } from './product-icons.ts';

interface ProductCardProps {
  product: Product;
  first: boolean;
  busy: boolean;
  disabled: boolean;
  onAssign: () => void;
}

/** One product: what it is, what it costs, what it needs, and the one thing to do with it. */
export function ProductCard({ product, first, busy, disabled, onAssign }: ProductCardProps) {
  const { t } = useTranslation('catalogue');
  const { t: tCommon } = useTranslation('common');
  const mayAssign = useCan('provision');
  const nameId = useId();
  const Icon = serviceTypeIcons[product.serviceType];
  return (
    <li className={classes.card}>
      <span className={classes.type}>
        <Icon size={16} stroke={1.7} aria-hidden />
        {tCommon(`serviceType.${product.serviceType}`)}
      </span>
      <h2 id={nameId} className={classes.name} dir="auto">
        {product.name}
      </h2>
      <p className={classes.description} dir="auto">
        {product.description}
      </p>
      <Price product={product} />
      <Button
        fullWidth
        variant="light"
        data-card-act
        {...(first ? mainAct : {})}
        loading={busy}
        disabled={!mayAssign || (disabled && !busy)}
        onClick={onAssign}
        aria-describedby={nameId}
      >
        {t('assign')}
      </Button>
    </li>
  );
}

/** Once and recurring, and what has to be at hand. */
function Price({ product }: { product: Product }) {
  const { t } = useTranslation('catalogue');
  const { t: tCommon } = useTranslation('common');
  const { money } = useFormat();
  const { recurring, setup, inventoryTemplates } = product;
  const needs = inventoryTemplates.map(({ template, templateName, required }) =>
    t(required ? 'need' : 'needOptional', { item: t(`template.${template}`, { defaultValue: templateName }) }),
  );
  return (
    <>
      <p className={classes.price}>
        <span className={classes.amount}>{money(recurring?.price ?? setup)}</span>
        <span>{recurring ? tCommon(`period.${recurring.period}`) : t('once')}</span>
      </p>
      <p className={classes.facts}>
        {recurring && <>{setup.amount === 0 ? t('noSetup') : t('setup', { price: money(setup) })}</>}
        {needs.length > 0 && (
          <>
            {recurring && <br />}
            {t('needs', { items: needs.join(', ') })}
          </>
        )}
      </p>
    </>
  );
}
