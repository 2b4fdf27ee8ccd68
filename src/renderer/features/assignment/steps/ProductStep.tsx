import { SegmentedControl } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offersFor, whyNoOffers } from '#core/assignment/offers.ts';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Product } from '#core/domain/product.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { desk } from '../../../desk.ts';
import { serviceTypeIcons } from '../../catalogue/product-icons.ts';
import { ChoiceSearch } from '../parts/ChoiceSearch.tsx';
import choices from '../parts/choices.module.css';
import { PriceText } from '../parts/PriceText.tsx';
import { StepHead } from '../parts/StepHead.tsx';
import { useChoices } from '../parts/use-choices.ts';
import { useWizard } from '../wizard.ts';
import { closestProducts, likeliestProduct, matchingProducts } from './rank.ts';
import { useLatelySold, useProducts } from './use-products.ts';

/** Plans and add-ons this draft may take, the likeliest highlighted, so that Enter takes it (PA-3, PA-4). */
export function ProductStep() {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const [type, setType] = useState<CustomerType>('individual');
  const products = useProducts();
  const shownType = draft.customer?.type ?? type;
  return (
    <section aria-label={t('step.product')}>
      <StepHead
        title={t('product.title')}
        text={t(draft.customer === null ? 'product.text' : `product.for.${shownType}`)}
        end={
          draft.customer === null && (
            <SegmentedControl
              size="sm"
              aria-label={t('product.type')}
              value={type}
              onChange={(value) => setType(value as CustomerType)}
              data={(['individual', 'business'] as const).map((value) => ({
                value,
                label: t(`common:customerType.${value}`),
              }))}
            />
          )
        }
      />
      {products.error !== null && <ErrorNotice error={products.error} onRetry={() => void products.refetch()} />}
      <ProductList products={products.data} type={shownType} />
    </section>
  );
}

interface ProductListProps {
  /** Undefined while the catalogue is read; the field takes keys all the same. */
  products: readonly Product[] | undefined;
  type: CustomerType;
}

function ProductList({ products, type }: ProductListProps) {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const lately = useLatelySold();
  const [text, setText] = useState('');
  const offers = offersFor(draft, products ?? [], type);
  const rows = inGroups(matchingProducts(offers, text));
  const draftId = draft.id;
  const list = useChoices({
    rows,
    keyOf: ({ id }) => id,
    text,
    settled: products !== undefined && lately !== undefined,
    busy: busy.has('product'),
    preferred: draft.product?.id ?? likeliestProduct(closestProducts(rows, text), lately ?? []),
    onChoose: ({ id }) => void act('product', () => desk.drafts.chooseProduct({ draftId, productId: id }), 'advance'),
  });
  const cause = products === undefined ? null : whyNoOffers(draft, products, type);
  if (cause !== null) return <NoOffers cause={cause} />;
  return (
    <div className={choices.panel}>
      <ChoiceSearch
        label={t('product.search')}
        placeholder={t('product.placeholder')}
        text={text}
        onText={setText}
        list={list}
      />
      {products === undefined ? (
        <LoadingRows label={t('product.loading')} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('product.noMatch', { text })} />
      ) : (
        <div {...list.listProps(t('product.list'))} className={choices.list}>
          {rows.map((product, index) => (
            <Fragment key={product.id}>
              {product.category !== rows[index - 1]?.category && (
                <div role="presentation" className={choices.group}>
                  {t(`category.${product.category}`)}
                </div>
              )}
              <div {...list.rowProps(index)} className={choices.row}>
                <ProductRow product={product} />
              </div>
            </Fragment>
          ))}
        </div>
      )}
      <div className={choices.hint}>
        <span>
          <Kbd keys="↑" /> <Kbd keys="↓" /> {t('keys.move')}
        </span>
        <span>
          <Kbd keys="Enter" /> {t('keys.take')}
        </span>
      </div>
    </div>
  );
}

function inGroups(products: readonly Product[]): Product[] {
  return [
    ...products.filter(({ category }) => category === 'plan'),
    ...products.filter(({ category }) => category === 'addon'),
  ];
}

function ProductRow({ product }: { product: Product }) {
  const Icon = serviceTypeIcons[product.serviceType];
  return (
    <>
      <span className={choices.icon} aria-hidden>
        <Icon size={18} />
      </span>
      <div className={choices.words}>
        <div className={choices.name} dir="auto">
          {product.name}
        </div>
        <div className={choices.detail} dir="auto">
          {product.description}
        </div>
      </div>
      <div className={choices.end}>
        <PriceText product={product} />
      </div>
    </>
  );
}

/** PA-4: the cause found first, then the seed's three to check. */
function NoOffers({ cause }: { cause: string }) {
  const { t } = useTranslation('assignment');
  return (
    <EmptyState
      title={t('product.none.title')}
      text={t(`product.none.${cause}`)}
      causes={[t('product.none.causeType'), t('product.none.causeEnabled'), t('product.none.causeEligible')]}
    />
  );
}
