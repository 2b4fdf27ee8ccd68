import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { Kbd } from '../components/Kbd.tsx';
import { useFirstItem } from '../components/use-first-item.ts';
import { Countdown } from '../format.tsx';
import { useCan } from '../session.tsx';
import classes from './DraftTabs.module.css';
import { draftState, firstLapse, useDrafts, useStartDraft } from './use-drafts.ts';

/** What a draft is called in a tab: its customer, else its plan, else its first item. */
export function useDraftName() {
  const { t } = useTranslation('frame');
  return (draft: Draft) =>
    draft.customer?.name ?? draft.product?.name ?? draft.items[0]?.item.label ?? t('drafts.unnamed');
}

/** Parked drafts as tabs, each with its customer and the time its holds have left; the rest in a menu. */
export function DraftTabs() {
  const { t } = useTranslation('frame');
  const { data: drafts = [] } = useDrafts();
  const [location] = useLocation();
  const nameOf = useDraftName();
  const start = useStartDraft();
  const mayStart = useCan('provision');
  const wide = useMediaQuery('(min-width: 1320px)', true, { getInitialValueInEffect: false });
  const shown = drafts.slice(0, wide ? 4 : 2);
  const rest = drafts.slice(shown.length);
  if (!mayStart) return null;
  return (
    <nav className={classes.tabs} aria-label={t('drafts.label')}>
      {shown.map((draft) => (
        <Tooltip key={draft.id} label={<TabTip draft={draft} />} openDelay={500}>
          <Link
            href={`/assign/${draft.id}`}
            className={classes.tab}
            aria-current={location.startsWith(`/assign/${draft.id}`) ? 'page' : undefined}
          >
            <span className={classes.name} dir="auto">
              {nameOf(draft)}
            </span>
            <TabTime draft={draft} />
          </Link>
        </Tooltip>
      ))}
      {rest.length > 0 && <MoreDrafts drafts={rest} />}
      <Tooltip
        label={
          <>
            {t('drafts.new')} <Kbd keys="F2" />
          </>
        }
      >
        <UnstyledButton
          className={classes.new}
          aria-label={t('drafts.new')}
          disabled={start.isPending}
          onClick={() => start.mutate({})}
        >
          <IconPlus size={18} aria-hidden />
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}

/** The drafts that have no room in the bar. */
function MoreDrafts({ drafts }: { drafts: readonly Draft[] }) {
  const { t } = useTranslation('frame');
  const [, navigate] = useLocation();
  const nameOf = useDraftName();
  const [opened, setOpened] = useState(false);
  const dropdown = useFirstItem(opened);
  return (
    <Menu
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
    >
      <Menu.Target>
        <UnstyledButton className={classes.more}>
          {t('drafts.more', { count: drafts.length })}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown ref={dropdown} maw={320}>
        {drafts.map((draft) => (
          <Menu.Item
            key={draft.id}
            onClick={() => navigate(`/assign/${draft.id}`)}
            rightSection={<TabTime draft={draft} />}
          >
            <span className="clip" dir="auto">
              {nameOf(draft)}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TabTip({ draft }: { draft: Draft }) {
  const { t } = useTranslation('frame');
  const nameOf = useDraftName();
  return [nameOf(draft), draft.customer === null ? null : draft.product?.name, t(`drafts.${draftState(draft)}`)]
    .filter(Boolean)
    .join(' · ');
}

function TabTime({ draft }: { draft: Draft }) {
  const { t } = useTranslation('frame');
  const lapse = firstLapse(draft);
  if (draft.status === 'ordered') return <span className={classes.time}>{t(`drafts.${draftState(draft)}`)}</span>;
  if (lapse === null) return null;
  return (
    <span className={classes.time}>
      <Countdown until={lapse} />
    </span>
  );
}
