import { Code, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './portal-look.module.css';
import type { BrandDraft } from './use-brand-draft.ts';

/** Which sites may show the portal in a frame, and how they do it. */
export function LookFrames({ edit, portalUrl }: { edit: BrandDraft; portalUrl: string }) {
  const { t } = useTranslation('portalLook');
  const { draft, errors, change } = edit;
  const central = new URL(portalUrl).origin;
  const isWrong = [...errors].some((path) => path.startsWith('frameOrigins'));
  return (
    <ListPanel title={t('frames.title')}>
      <div className={classes.fields}>
        <TagsInput
          label={t('frames.label')}
          description={t('frames.hint')}
          placeholder={draft.frameOrigins.length === 0 ? 'https://shop.example' : undefined}
          maxTags={20}
          acceptValueOnBlur
          value={draft.frameOrigins}
          error={isWrong && t('frames.wrong')}
          onChange={(origins) => change({ frameOrigins: origins.map((origin) => origin.trim().replace(/\/$/, '')) })}
        />
        <p className={classes.hint}>{t('frames.call')}</p>
        <Code block tabIndex={0}>
          {callOf(central)}
        </Code>
        <p className={classes.hint}>{t('frames.snippet')}</p>
        <Code block tabIndex={0}>
          {`<iframe src="${central}/portal/enter?link=…" style="width:100%;height:800px;border:0"></iframe>`}
        </Code>
        <p className={classes.hint}>{t('frames.once')}</p>
      </div>
    </ListPanel>
  );
}

function callOf(central: string): string {
  return [
    `curl -X POST ${central}/api/v1/portal-links \\`,
    "  -H 'x-api-key: …' \\",
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    "  -H 'content-type: application/json' \\",
    `  -d '{"customerId": 123, "section": "dashboard"}'`,
  ].join('\n');
}
