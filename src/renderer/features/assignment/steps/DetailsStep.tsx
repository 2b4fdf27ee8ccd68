import { Button, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftDetails } from '#core/assignment/draft.ts';
import { type DetailField, detailFields, stepsOf } from '#core/assignment/steps.ts';
import { desk } from '../../../desk.ts';
import { StepHead } from '../parts/StepHead.tsx';
import { useWizard } from '../wizard.ts';
import { ContactField } from './ContactField.tsx';
import classes from './DetailsStep.module.css';
import { InstallationField } from './InstallationField.tsx';
import { SiteField } from './SiteField.tsx';
import { TextDetail } from './TextDetail.tsx';

/** What a field needs to show and change its answer. */
export interface DetailProps {
  field: DetailField;
  isRequired: boolean;
  /** The first field of the step takes the focus. */
  isFirst: boolean;
  change: (details: DraftDetails) => Promise<void>;
}

const fields: Record<DetailField, (props: DetailProps) => React.ReactNode> = {
  site: SiteField,
  billingContact: ContactField,
  technicalContact: ContactField,
  purchaseOrder: TextDetail,
  costCentre: TextDetail,
  installationDate: InstallationField,
};

/** Business details and the installation, exactly the fields that product and customer ask for (BZ-1 to BZ-4, PA-26). */
export function DetailsStep() {
  const { t } = useTranslation('assignment');
  const { draft, act, pass } = useWizard();
  const form = useRef<HTMLFormElement>(null);
  const shown = detailFields(draft);
  const change = async (details: DraftDetails) => {
    await act('details', () => desk.drafts.changeDetails({ draftId: draft.id, details }));
  };
  const goOn = async (texts: DraftDetails) => {
    const saved = await act('details', () => desk.drafts.changeDetails({ draftId: draft.id, details: texts }));
    if (saved === null) return;
    const first = stepsOf(saved).find(({ name }) => name === 'details')?.missing[0];
    if (first === undefined) pass('details');
    else form.current?.querySelector<HTMLElement>(`[data-field="${first}"]`)?.focus();
  };
  const onSubmit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void goOn(textsOf(event.currentTarget));
  };
  return (
    <section aria-label={t('step.details')}>
      <StepHead title={t('details.title')} text={t('details.text', { name: draft.customer?.name ?? '' })} />
      <form ref={form} onSubmit={onSubmit} className={classes.form} noValidate>
        {shown.map((field, index) => {
          const Field = fields[field];
          const ask = field === 'installationDate' ? 'optional' : draft.product?.businessFields[field];
          return (
            <Field key={field} field={field} isRequired={ask === 'required'} isFirst={index === 0} change={change} />
          );
        })}
        <Group justify="flex-end" className={classes.end}>
          <Button type="submit" rightSection={<IconArrowRight size={16} aria-hidden />}>
            {t('continue')}
          </Button>
        </Group>
      </form>
    </section>
  );
}

/** The free texts as they stand in the form: the last letters may not be saved yet. */
function textsOf(form: HTMLFormElement): DraftDetails {
  const typed = new FormData(form);
  const names = ['purchaseOrder', 'costCentre'] as const;
  return Object.fromEntries(names.filter((name) => typed.has(name)).map((name) => [name, String(typed.get(name))]));
}
