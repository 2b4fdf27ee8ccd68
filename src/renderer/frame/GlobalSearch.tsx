import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SearchHit } from '#core/contract/central/system.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { deskQuery } from '../desk.ts';
import { type RecentPlace, useRecentPlaces } from '../recent.ts';
import { searchText } from '../search-text.ts';
import { useCan } from '../session.tsx';
import { useNumber } from '../work/use-number.ts';
import classes from './GlobalSearch.module.css';
import { HitStatus } from './HitStatus.tsx';
import { hitIcons, hitTypes, pathOf } from './search-hit.ts';
import { useCommands } from './use-commands.ts';
import { useFirstHit } from './use-first-hit.ts';
import { useReadable } from './use-readable.ts';

const ASK_AFTER_MS = 120;

/** Ctrl+K: customers, services, items, orders and provisioning numbers, and everything the desk can be told to do. */
export function GlobalSearch() {
  const { t } = useTranslation('frame');
  const [location, navigate] = useLocation();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), ASK_AFTER_MS);
  const allowed = useCan('view_customer');
  const info = useQuery(deskQuery.central.info.queryOptions());
  const search = useQuery(
    deskQuery.search.queryOptions({
      input: { q: searchText(asked, info.data?.country), limit: 20 },
      enabled: allowed && asked !== '',
      placeholderData: keepPreviousData,
      staleTime: 2_000,
    }),
  );
  const recent = useRecentPlaces();
  const commands = useCommands(text);
  // A scan may lead elsewhere while the search is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes at every change of place
  useEffect(() => spotlight.close(), [location]);

  const hits = text.trim() === '' ? [] : (search.data?.items ?? []);
  const go = (place: RecentPlace | SearchHit) => navigate(pathOf(place));
  const searching = text.trim() !== '' && (text.trim() !== asked || search.isFetching);
  const { list, onKeyDown } = useFirstHit(text, searching, search.data);
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      // At once: what is typed right after Ctrl+K must find the field there.
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('search.label') } }}
      size={640}
      radius="lg"
      yOffset={80}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      classNames={{ search: classes.input, action: classes.action, content: classes.content }}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        leftSection={<IconSearch size={18} aria-hidden />}
        onKeyDown={onKeyDown}
      />
      <Spotlight.ActionsList ref={list} className={classes.list}>
        {text.trim() === '' && recent.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.recent')}>
            {recent.map((place) => (
              <HitAction key={`${place.type}-${place.id}`} hit={place} onOpen={() => go(place)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hitTypes.map((type) => {
          const found = hits.filter((hit) => hit.type === type);
          return found.length === 0 ? null : (
            <Spotlight.ActionsGroup key={type} label={t(`search.types.${type}`)}>
              {found.map((hit) => (
                <HitAction
                  key={`${hit.type}-${hit.id}`}
                  hit={hit}
                  detail={hit.detail}
                  status={<HitStatus hit={hit} />}
                  onOpen={() => go(hit)}
                />
              ))}
            </Spotlight.ActionsGroup>
          );
        })}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.commands')}>
            {commands.map(({ key, label, icon: Icon, keys, run }) => (
              <Spotlight.Action key={key} onClick={run} leftSection={<Icon size={18} stroke={1.7} aria-hidden />}>
                <Icon size={18} stroke={1.7} aria-hidden />
                <span className={classes.words}>{label}</span>
                {keys && <Kbd keys={keys} />}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {search.error && text.trim() !== '' && <ErrorNotice error={search.error} />}
        {!search.error && hits.length === 0 && commands.length === 0 && (
          <Spotlight.Empty>{searching ? t('search.searching') : t('search.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <div className={classes.footer}>
        <Text size="xs" c="dimmed">
          {searching && hits.length > 0 ? t('search.searching') : t('search.scanHint')}
        </Text>
      </div>
    </Spotlight.Root>
  );
}

interface HitActionProps {
  hit: Pick<SearchHit, 'type' | 'id' | 'title'>;
  detail?: string;
  status?: ReactNode;
  onOpen: () => void;
}

function HitAction({ hit, detail, status, onOpen }: HitActionProps) {
  const Icon = hitIcons[hit.type];
  const readable = useReadable();
  const numberOf = useNumber();
  return (
    <Spotlight.Action onClick={onOpen}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className={classes.words}>
        <bdi className={classes.title}>{hit.title}</bdi>
        {detail && <bdi className={classes.detail}>{readable(detail)}</bdi>}
      </span>
      {status}
      <span className={classes.id}>{numberOf(hit.id)}</span>
    </Spotlight.Action>
  );
}
