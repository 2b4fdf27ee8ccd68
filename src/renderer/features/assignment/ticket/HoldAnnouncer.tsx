import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTemplateName } from '../../../components/use-template-name.ts';
import { useFormat } from '../../../format.tsx';
import { itemTitle } from '../parts/identifiers.ts';
import { useWizard } from '../wizard.ts';

/** Reads out what a scan or a choice put on the ticket, wherever the focus is. */
export function HoldAnnouncer() {
  const { t } = useTranslation('assignment');
  const format = useFormat();
  const templateName = useTemplateName();
  const { items } = useWizard().draft;
  const known = useRef(new Set(items.map(({ item }) => item.id)));
  const [words, setWords] = useState('');
  useEffect(() => {
    const fresh = items.filter(({ item }) => !known.current.has(item.id));
    known.current = new Set(items.map(({ item }) => item.id));
    if (fresh.length === 0) return;
    const said = fresh.map(({ item }) =>
      t('hold.announce', { what: templateName(item.template, item.templateName), name: itemTitle(item, format) }),
    );
    setWords(said.join('. '));
  }, [items, t, format, templateName]);
  return (
    <div className="visually-hidden" role="status">
      {words}
    </div>
  );
}
