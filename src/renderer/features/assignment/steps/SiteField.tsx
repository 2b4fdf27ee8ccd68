import { Button, Select, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { useWizard } from '../wizard.ts';
import classes from './DetailsStep.module.css';
import type { DetailProps } from './DetailsStep.tsx';
import { labelFirst } from './label-first.ts';
import { NewSite } from './NewSite.tsx';

/** Where the service goes: name and address (BZ-2). A site that is not there yet is added right here. */
export function SiteField({ field, isRequired, isFirst, change }: DetailProps) {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const canEdit = useCan('edit_customer');
  const [adding, setAdding] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const { sites } = draft.choices;
  const address = sites.find(({ id }) => id === draft.siteId)?.address;
  return (
    <>
      <div className={`${classes.withAdd} ${classes.wide}`}>
        <Select
          ref={input}
          data-field={field}
          label={t('details.site')}
          description={address}
          placeholder={t(sites.length === 0 ? 'details.noSite' : 'details.pick')}
          required={isRequired}
          clearable={!isRequired}
          allowDeselect={!isRequired}
          inputWrapperOrder={labelFirst}
          searchable
          nothingFoundMessage={t('details.nothingFound')}
          data={sites.map(({ id, name }) => ({ value: String(id), label: name }))}
          renderOption={({ option }) => (
            <div className={classes.option}>
              <Text size="sm" dir="auto">
                {option.label}
              </Text>
              <Text size="xs" className={classes.optionDetail} dir="auto">
                {sites.find(({ id }) => String(id) === option.value)?.address}
              </Text>
            </div>
          )}
          value={draft.siteId === null ? null : String(draft.siteId)}
          onChange={(value) => void change({ siteId: value === null ? null : Number(value) })}
        />
        {canEdit && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('details.addSite')}
          </Button>
        )}
      </div>
      {adding && <NewSite onClose={() => setAdding(false)} />}
    </>
  );
}
