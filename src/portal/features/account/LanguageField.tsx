import { NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#core/domain/languages.ts';
import { api } from '../../api.ts';
import { languageNames, languages } from '../../i18n.ts';
import { type Barrier, useMe, useSetMe } from '../../session.tsx';
import { EditableField } from './EditableField.tsx';
import { FieldForm } from './FieldForm.tsx';

/** The language of the pages and of mail. */
export function LanguageField({ barrier, note }: { barrier: Barrier; note: string }) {
  const { t } = useTranslation('account');
  const { language } = useMe();
  return (
    <EditableField label={t('details.language')} value={languageNames[language]} barrier={barrier} note={note}>
      {({ done, cancel }) => (
        <LanguageForm language={language} onDone={() => done(t('details.saved'))} onCancel={cancel} />
      )}
    </EditableField>
  );
}

interface LanguageFormProps {
  readonly language: Language;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function LanguageForm({ language, onDone, onCancel }: LanguageFormProps) {
  const { t } = useTranslation('account');
  const setMe = useSetMe();
  const [chosen, setChosen] = useState(language);
  const save = useMutation({
    mutationFn: () => api.account.change({ language: chosen }),
    onSuccess: (me) => {
      setMe(me);
      onDone();
    },
  });
  return (
    <FieldForm
      text={t('details.languageText')}
      error={save.error}
      isPending={save.isPending}
      onSubmit={() => save.mutate()}
      onCancel={onCancel}
    >
      <NativeSelect
        label={t('details.language')}
        name="language"
        value={chosen}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={({ currentTarget }) => setChosen(currentTarget.value as Language)}
      />
    </FieldForm>
  );
}
