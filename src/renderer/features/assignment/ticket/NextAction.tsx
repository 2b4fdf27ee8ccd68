import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#core/assignment/draft.ts';
import { useTemplateName } from '../../../components/use-template-name.ts';
import { useWizard } from '../wizard.ts';
import classes from './Ticket.module.css';

/** What is still missing, and the one button that leads on. */
export function NextAction() {
  const { t } = useTranslation('assignment');
  const { draft, steps, step, next, open } = useWizard();
  const templateName = useTemplateName();
  const waiting = steps.filter(({ missing }) => missing.length > 0);
  return (
    <div className={classes.next}>
      {waiting.length > 0 && <div className={classes.caption}>{t('ticket.missing')}</div>}
      {waiting.length > 0 && (
        <ul className={classes.missing} aria-label={t('ticket.missing')}>
          {waiting.flatMap(({ name, missing }) =>
            missing.map((code) => (
              <li key={code} data-now={name === next || undefined}>
                {missingText(code, draft, t, templateName)}
              </li>
            )),
          )}
        </ul>
      )}
      {next !== step && (
        <Button fullWidth size="md" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => open(next)}>
          {t(`lead.${next}`)}
        </Button>
      )}
    </div>
  );
}

/** A code of `missingOf` in words. */
export function missingText(
  code: string,
  draft: Draft,
  t: TFunction<'assignment'>,
  templateName: (slug: string, name: string) => string,
): string {
  const [kind, template] = code.split(':');
  if (kind !== 'item' || template === undefined) return t(`missing.${code}`, { name: draft.customer?.name ?? '' });
  const slot = draft.product?.inventoryTemplates.find((one) => one.template === template);
  return t('missing.item', { name: templateName(template, slot?.templateName ?? template) });
}
