import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hideableSchema, redirectSchema } from '#core/domain/portal.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './portal-look.module.css';
import type { BrandDraft } from './use-brand-draft.ts';

/** How every address of the web begins. */
const WEB = 'https://';

/** What customers don't see, and where the operator's own pages take over. */
export function LookElements({ edit: { draft, errors, change } }: { edit: BrandDraft }) {
  const { t } = useTranslation('portalLook');
  const { hidden, redirects } = draft;
  const redirect = (name: (typeof redirectSchema.options)[number], address: string) => {
    const { [name]: _before, ...others } = redirects;
    change({ redirects: address.trim() === '' ? others : { ...others, [name]: address.trim() } });
  };
  return (
    <>
      <ListPanel title={t('hidden.title')}>
        <fieldset className={classes.checks} aria-label={t('hidden.title')}>
          {hideableSchema.options.map((name) => (
            <Checkbox
              key={name}
              label={t(`hidden.${name}`)}
              checked={hidden.includes(name)}
              onChange={({ currentTarget }) =>
                change({
                  hidden: hideableSchema.options.filter((each) =>
                    each === name ? currentTarget.checked : hidden.includes(each),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      </ListPanel>
      <ListPanel title={t('redirects.title')}>
        <div className={classes.fields}>
          <p className={classes.hint}>{t('redirects.hint')}</p>
          {redirectSchema.options.map((name) => (
            <TextInput
              key={name}
              type="url"
              label={t(`redirects.${name}`)}
              placeholder={WEB}
              value={redirects[name] ?? ''}
              error={errors.has(`redirects.${name}`) && t('redirects.wrong')}
              onChange={({ currentTarget }) => redirect(name, currentTarget.value)}
            />
          ))}
        </div>
      </ListPanel>
    </>
  );
}
