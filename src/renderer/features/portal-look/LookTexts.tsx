import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#core/domain/languages.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { languageNames } from '../../i18n.ts';
import classes from './portal-look.module.css';
import { foundTexts, textProblem } from './texts.ts';
import type { BrandDraft } from './use-brand-draft.ts';
import type { PortalTexts } from './use-preview.ts';

interface LookTextsProps {
  edit: BrandDraft;
  language: Language;
  texts: PortalTexts;
}

/** The portal's texts in the language of the preview, each of which the operator may word otherwise. */
export function LookTexts({ edit: { draft, change }, language, texts }: LookTextsProps) {
  const { t } = useTranslation('portalLook');
  const [asked, setAsked] = useState('');
  const own = draft.texts[language] ?? {};
  const set = (key: string, text: string | null) => {
    const { [key]: _before, ...others } = own;
    change({ texts: { ...draft.texts, [language]: text === null ? others : { ...others, [key]: text } } });
  };
  const { found, more } = foundTexts(texts, own, asked);
  return (
    <ListPanel title={t('texts.title', { language: languageNames[language] })} count={Object.keys(own).length}>
      <div className={classes.fields}>
        <SearchField label={t('texts.search')} placeholder={t('texts.search')} value={asked} onSearch={setAsked} />
        {texts === null && <Text size="sm">{t('texts.away')}</Text>}
        {found.length === 0 && texts !== null && (
          <Text size="sm" c="dimmed">
            {t(asked === '' ? 'texts.begin' : 'texts.nothing')}
          </Text>
        )}
        {found.map(([key, usual]) => {
          const problem = own[key] === undefined ? null : textProblem(own[key], usual);
          return (
            <div key={key} className={classes.text}>
              <Textarea
                autosize
                minRows={1}
                label={usual ?? key}
                description={key}
                placeholder={usual ?? ''}
                value={own[key] ?? ''}
                error={problem !== null && t(`texts.wrong.${problem}`)}
                onChange={({ currentTarget }) => set(key, currentTarget.value === '' ? null : currentTarget.value)}
              />
              {own[key] !== undefined && (
                <Button variant="subtle" size="compact-sm" onClick={() => set(key, null)}>
                  {t('texts.usual')}
                </Button>
              )}
            </div>
          );
        })}
        {more > 0 && (
          <Text size="sm" c="dimmed">
            {t('texts.more', { count: more })}
          </Text>
        )}
      </div>
    </ListPanel>
  );
}
