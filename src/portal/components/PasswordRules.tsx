import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { passwordRules } from '#core/domain/password-rules.ts';
import classes from './PasswordRules.module.css';

/** AU-3's rules, each with whether the text keeps it. */
export function PasswordRules({ text, id }: { text: string; id: string }) {
  const { t } = useTranslation('access');
  return (
    <div id={id} className={classes.rules}>
      <p>{t('reset.rules')}</p>
      <ul>
        {passwordRules.map(({ rule, holds }) => {
          const isKept = holds(text);
          const Mark = isKept ? IconCheck : IconCircle;
          return (
            <li key={rule} data-kept={isKept}>
              <Mark size={16} aria-hidden />
              <span>{t(`reset.rule.${rule}`)}</span>
              <span className="visually-hidden">{t(isKept ? 'reset.kept' : 'reset.missing')}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
