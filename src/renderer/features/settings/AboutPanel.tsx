import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ListPanel } from '../../components/ListPanel.tsx';
import { deskQuery } from '../../desk.ts';
import classes from './settings.module.css';

/** What the help desk asks first: which version, which shell, which head office. */
export function AboutPanel() {
  const { t } = useTranslation('settings');
  const desk = useQuery(deskQuery.system.capabilities.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const central = useQuery(deskQuery.central.info.queryOptions());
  const link = useQuery(deskQuery.system.link.queryOptions());
  const facts: [string, string | undefined][] = [
    ['desk', desk.data && `${desk.data.version} · ${t(`about.shells.${desk.data.shell}`)} · ${desk.data.platform}`],
    ['central', central.data && `${central.data.name} · ${central.data.version}`],
    ['address', link.data?.centralUrl],
  ];
  return (
    <ListPanel title={t('about.title')}>
      <dl className={classes.about}>
        {facts.map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`about.${key}`)}</dt>
            <dd>{value ?? t('about.unknown')}</dd>
          </div>
        ))}
      </dl>
    </ListPanel>
  );
}
