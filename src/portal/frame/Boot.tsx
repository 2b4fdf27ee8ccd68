import { useTranslation } from 'react-i18next';
import { BrandMark } from './BrandMark.tsx';

/** In a page of the operator's own, which has its own head. */
export const isInOtherPage = window.top !== window.self;

/** What is there until it is known who is here: the outline that central wrote into the page, so that nothing jumps. */
export function Boot({ atEntrance = false }: { atEntrance?: boolean }) {
  const { t } = useTranslation('common');
  return (
    <div className={atEntrance ? 'outline outline-entrance' : 'outline'} aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      {atEntrance && <BrandMark />}
      {atEntrance && <div className="outline-card" />}
      {!atEntrance && !isInOtherPage && (
        <div className="outline-bar">
          <BrandMark />
        </div>
      )}
    </div>
  );
}
