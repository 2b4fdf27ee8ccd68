import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '#core/domain/product.ts';
import classes from './CataloguePage.module.css';
import { nextCard } from './next-card.ts';
import { ProductCard } from './ProductCard.tsx';

interface ProductGridProps {
  products: readonly Product[];
  /** The product whose assignment is being started. */
  busyId: number | null;
  onAssign: (product: Product) => void;
}

/** The products as cards; arrows go from one card's button to the next, in all four directions. */
export function ProductGrid({ products, busyId, onAssign }: ProductGridProps) {
  const { t } = useTranslation('catalogue');
  const grid = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(grid.current?.querySelectorAll<HTMLElement>('[data-card-act]') ?? [])];
    const next = nextCard(
      buttons.map((button) => button.getBoundingClientRect()),
      buttons.indexOf(document.activeElement as HTMLElement),
      event.key,
    );
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <ul ref={grid} className={classes.grid} onKeyDown={onKeyDown} aria-label={t('list')}>
      {products.map((product, index) => (
        <ProductCard
          key={product.id}
          product={product}
          first={index === 0}
          busy={busyId === product.id}
          disabled={busyId !== null}
          onAssign={() => onAssign(product)}
        />
      ))}
    </ul>
  );
}
