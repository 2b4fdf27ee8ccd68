import { Button, Select, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { useWizard } from '../wizard.ts';
import classes from './DetailsStep.module.css';
import type { DetailProps } from './DetailsStep.tsx';
import { labelFirst } from './label-first.ts';
import { NewContact } from './NewContact.tsx';

/** Billing or technical contact: name and e-mail (BZ-2). One that is not there yet is added right here. */
export function ContactField({ field, isRequired, isFirst, change }: DetailProps) {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const canEdit = useCan('edit_customer');
  const [adding, setAdding] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const role = field === 'billingContact' ? 'billing' : 'technical';
  const name = `${role}ContactId` as const;
  const { contacts } = draft.choices;
  const chosen = draft[name];
  const email = contacts.find(({ id }) => id === chosen)?.email;
  return (
    <>
      <div className={classes.withAdd}>
        <Select
          ref={input}
          data-field={field}
          label={t(`details.${field}`)}
          description={email}
          placeholder={t(contacts.length === 0 ? 'details.noContact' : 'details.pick')}
          required={isRequired}
          clearable={!isRequired}
          allowDeselect={!isRequired}
          inputWrapperOrder={labelFirst}
          searchable
          nothingFoundMessage={t('details.nothingFound')}
          data={contacts.map((contact) => ({ value: String(contact.id), label: contact.name }))}
          renderOption={({ option }) => (
            <div className={classes.option}>
              <Text size="sm" dir="auto">
                {option.label}
              </Text>
              <Text size="xs" className={classes.optionDetail}>
                {contacts.find(({ id }) => String(id) === option.value)?.email}
              </Text>
            </div>
          )}
          value={chosen === null ? null : String(chosen)}
          onChange={(value) => void change({ [name]: value === null ? null : Number(value) })}
        />
        {canEdit && (
          <Button
            variant="default"
            px="sm"
            aria-label={t(`details.add.${role}`)}
            title={t(`details.add.${role}`)}
            onClick={() => setAdding(true)}
          >
            <IconPlus size={16} aria-hidden />
          </Button>
        )}
      </div>
      {adding && <NewContact role={role} onClose={() => setAdding(false)} />}
    </>
  );
}
