import { Button, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandState } from '#core/contract/central/portal.ts';
import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { LeaveDraft } from './LeaveDraft.tsx';
import { LookBasics } from './LookBasics.tsx';
import { LookElements } from './LookElements.tsx';
import { LookFrames } from './LookFrames.tsx';
import { LookPreview } from './LookPreview.tsx';
import { LookStyle } from './LookStyle.tsx';
import { LookTexts } from './LookTexts.tsx';
import classes from './portal-look.module.css';
import { textProblem } from './texts.ts';
import { useBrandDraft, useBrandState } from './use-brand-draft.ts';
import { usePreview } from './use-preview.ts';

/** How the customers' portal looks: the draft at the left, what it becomes at the right. */
export function LookPanel() {
  const state = useBrandState();
  if (state.error) return <ErrorNotice error={state.error} onRetry={() => void state.refetch()} />;
  return state.data ? <Editor state={state.data} /> : <LoadingRows rows={6} />;
}

function Editor({ state }: { state: BrandState }) {
  const { t, i18n } = useTranslation('portalLook');
  const edit = useBrandDraft(state);
  const [language, setLanguage] = useState<Language>(languageSchema.catch('en').parse(i18n.language));
  const frame = useRef<HTMLIFrameElement>(null);
  const preview = usePreview(frame, edit.draft, language);
  const wordings = Object.entries(edit.draft.texts[language] ?? {});
  const { texts } = preview;
  const hasWrongText = texts !== null && wordings.some(([key, text]) => textProblem(text, texts[key]) === 'variables');
  const isWrong = edit.errors.size > 0 || hasWrongText;
  return (
    <div className={classes.editor}>
      <LeaveDraft isChanged={edit.isChanged} />
      <div className={classes.draft}>
        <LookBasics edit={edit} />
        <LookElements edit={edit} />
        <LookTexts edit={edit} language={language} texts={texts} />
        <LookStyle edit={edit} />
        <LookFrames edit={edit} portalUrl={state.portalUrl} />
      </div>
      <div className={classes.beside}>
        <LookPreview frame={frame} preview={preview} language={language} onLanguage={setLanguage} />
      </div>
      <Group className={classes.bar} justify="flex-end">
        <Text size="sm" className={classes.said} role="status">
          {isWrong ? t('wrong') : edit.isChanged ? t('unsaved') : t('allSaved')}
        </Text>
        {edit.goBack !== null && !edit.isChanged && (
          <Button variant="default" loading={edit.isSaving} onClick={() => void edit.goBack?.()}>
            {t('goBack')}
          </Button>
        )}
        {edit.isChanged && (
          <Button variant="default" onClick={edit.discard}>
            {t('discard')}
          </Button>
        )}
        <Button disabled={!edit.isChanged || isWrong} loading={edit.isSaving} onClick={() => void edit.save()}>
          {t('save')}
        </Button>
      </Group>
    </div>
  );
}
