import { Alert, Button, ColorInput, FileButton, TextInput } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contrast, READABLE } from '#core/brand/colours.ts';
import { LOGO_BYTES, logoProblem } from '#core/brand/logo.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './portal-look.module.css';
import type { BrandDraft } from './use-brand-draft.ts';

const colours = ['primary', 'background', 'text'] as const;
const LOGO_TYPES = 'image/png,image/jpeg,image/webp,image/svg+xml';

/** Name, logo and the three colours. */
export function LookBasics({ edit: { draft, errors, change } }: { edit: BrandDraft }) {
  const { t } = useTranslation('portalLook');
  const { background, text } = draft.colours;
  const isHard =
    /^#[\da-f]{6}$/i.test(background) && /^#[\da-f]{6}$/i.test(text) && contrast(background, text) < READABLE;
  return (
    <ListPanel title={t('basics.title')}>
      <div className={classes.fields}>
        <TextInput
          label={t('basics.name')}
          maxLength={80}
          value={draft.name}
          error={errors.has('name') && t('basics.nameWrong')}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <Logo logo={draft.logo} onChange={(logo) => change({ logo })} />
        <div className={classes.colours}>
          {colours.map((name) => (
            <ColorInput
              withEyeDropper={false}
              key={name}
              label={t(`basics.${name}`)}
              format="hex"
              value={draft.colours[name]}
              error={errors.has(`colours.${name}`) && t('basics.colourWrong')}
              onChange={(value) => change({ colours: { ...draft.colours, [name]: value } })}
            />
          ))}
        </div>
        {isHard && (
          <Alert color="yellow" role="status">
            {t('basics.contrast')}
          </Alert>
        )}
      </div>
    </ListPanel>
  );
}

function Logo({ logo, onChange }: { logo: string | null; onChange: (logo: string | null) => void }) {
  const { t } = useTranslation('portalLook');
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | null) => {
    if (file === null) return;
    const read = file.size > LOGO_BYTES ? null : await dataUrlOf(file);
    const wrong = read === null ? 'size' : logoProblem(read);
    setProblem(wrong);
    if (wrong === null) onChange(read);
  };
  return (
    <div>
      <div className={classes.logo}>
        {logo === null ? (
          <IconPhoto size={28} aria-hidden />
        ) : (
          <img src={logo} alt={t('basics.logoNow')} className={classes.logoImage} />
        )}
        <FileButton accept={LOGO_TYPES} onChange={(file) => void take(file)}>
          {(button) => (
            <Button {...button} variant="default">
              {t('basics.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {logo !== null && (
          <Button variant="subtle" onClick={() => onChange(null)}>
            {t('basics.noLogo')}
          </Button>
        )}
      </div>
      <div
        className={classes.hint}
        role={problem === null ? undefined : 'alert'}
        data-bad={problem !== null || undefined}
      >
        {t(problem === null ? 'basics.logoHint' : `basics.logoWrong.${problem}`)}
      </div>
    </div>
  );
}

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
