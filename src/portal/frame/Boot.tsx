import { useTranslation } from 'react-i18next';
import classes from './Boot.module.css';

/** What is there until it is known who is here; the frame's outline, so that nothing jumps. */
export function Boot() {
  const { t } = useTranslation('common');
  return (
    <div className={classes.boot} aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
    </div>
  );
}
