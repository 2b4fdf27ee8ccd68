import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { checkCss } from '#core/brand/css-check.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './portal-look.module.css';
import type { BrandDraft } from './use-brand-draft.ts';

const LONGEST = 20_000;
const SHOWN = 8;

/** The operator's own style sheet, checked while it is written. */
export function LookStyle({ edit: { draft, change } }: { edit: BrandDraft }) {
  const { t } = useTranslation('portalLook');
  const { problems } = checkCss(draft.css);
  return (
    <ListPanel title={t('style.title')}>
      <div className={classes.fields}>
        <Textarea
          label={t('style.label')}
          description={t('style.hint')}
          classNames={{ input: classes.code }}
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          maxLength={LONGEST}
          value={draft.css}
          error={problems.length > 0 && t('style.wrong', { count: problems.length })}
          onChange={({ currentTarget }) => change({ css: currentTarget.value })}
        />
        {problems.length > 0 && (
          <ul className={classes.problems}>
            {problems.slice(0, SHOWN).map(({ code, line, text }) => (
              <li key={`${line} ${code} ${text}`}>{t(`style.problem.${code}`, { line, text })}</li>
            ))}
          </ul>
        )}
      </div>
    </ListPanel>
  );
}
