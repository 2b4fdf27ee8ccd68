import { Loader, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftItem } from '#core/assignment/draft.ts';
import type { Item } from '#core/domain/inventory.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { StatusMark } from '../../../components/StatusMark.tsx';
import { desk } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { useUser } from '../../../session.tsx';
import { ChoiceSearch } from '../parts/ChoiceSearch.tsx';
import choices from '../parts/choices.module.css';
import { mainIdentifier, readableIdentifier } from '../parts/identifiers.ts';
import { useChoices } from '../parts/use-choices.ts';
import { isHolding, useWizard } from '../wizard.ts';
import { NoInventory } from './NoInventory.tsx';
import classes from './Slot.module.css';
import { usePickable } from './use-pickable.ts';

export interface PickerProps {
  template: string;
  /** The template's name in the screen's language. */
  name: string;
  chosen: DraftItem | null;
  /** Called once an item is held. */
  onDone: () => void;
}

const LISTED = 60;

/** SIM cards, modems, boxes: label and identifier, narrowed by typing; a scan takes one without touching the list. */
export function ItemPicker({ template, name, chosen, onDone }: PickerProps) {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const { rows, refusalOf, settled, error, refetch, isPending } = usePickable({
    template,
    q: wanted,
    sort: 'label',
    limit: LISTED,
  });
  const draftId = draft.id;
  const choose = async ({ id }: Item) => {
    const done = await act(`item:${id}`, () => desk.drafts.chooseItem({ draftId, itemId: id }), 'complete');
    if (done !== null) onDone();
  };
  const list = useChoices({
    rows,
    keyOf: ({ id }) => id,
    text: wanted,
    settled,
    busy: isHolding(busy),
    isDisabled: (item) => refusalOf(item) !== null,
    preferred: chosen?.item.id ?? null,
    onChoose: (item) => void choose(item),
  });
  return (
    <div className={classes.picker}>
      <ChoiceSearch
        label={t('inventory.search', { name })}
        placeholder={t('inventory.placeholder')}
        text={text}
        onText={setText}
        list={list}
      />
      {error !== null && (
        <div className={choices.error}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {error === null && isPending && <LoadingRows rows={4} label={t('inventory.loading')} />}
      {settled && rows.length === 0 && error === null && (
        <NoInventory name={name} searched={wanted} hint="inventory.noMatchText" />
      )}
      {rows.length > 0 && (
        <>
          <div {...list.listProps(name)} className={choices.list} data-stale={!settled || undefined}>
            {rows.map((item, index) => (
              <div key={item.id} {...list.rowProps(index)} className={choices.row}>
                <ItemRow item={item} refusal={refusalOf(item)} isBusy={busy.has(`item:${item.id}`)} />
              </div>
            ))}
          </div>
          <div className={choices.hint}>
            <span>
              <Kbd keys="Enter" /> {t('keys.take')}
            </span>
            <span>{t('inventory.scan')}</span>
          </div>
        </>
      )}
    </div>
  );
}

function ItemRow({ item, refusal, isBusy }: { item: Item; refusal: string | null; isBusy: boolean }) {
  const format = useFormat();
  const { store } = useUser();
  const identifier = readableIdentifier(item.identifiers, format);
  return (
    <>
      <div className={choices.words}>
        <div className={choices.name}>{item.label}</div>
        {identifier !== item.label && (
          <div className={choices.detail}>
            <Identifier text={identifier ?? ''} raw={mainIdentifier(item.identifiers) ?? ''} />
          </div>
        )}
      </div>
      <div className={choices.end}>
        {store === null && (
          <Text span size="sm" c="dimmed">
            {item.storeName}
          </Text>
        )}
        <ItemState item={item} refusal={refusal} isBusy={isBusy} />
      </div>
    </>
  );
}

/** The last four digits stand out: they are what people compare. */
function Identifier({ text, raw }: { text: string; raw: string }) {
  const tail = raw.slice(-4);
  const at = text.replace(/\s/g, '').endsWith(tail) ? cutBefore(text, tail.length) : text.length;
  return (
    <>
      {text.slice(0, at)}
      <span className={classes.tail}>{text.slice(at)}</span>
    </>
  );
}

function cutBefore(text: string, characters: number): number {
  let left = characters;
  let at = text.length;
  while (at > 0 && left > 0) {
    at -= 1;
    if (text[at] !== ' ') left -= 1;
  }
  return at;
}

interface ItemStateProps {
  item: Item;
  refusal: string | null;
  isBusy: boolean;
}

/** Being held, free, or in somebody else's hands until when. */
export function ItemState({ item, refusal, isBusy }: ItemStateProps) {
  const { t } = useTranslation('assignment');
  const { time } = useFormat();
  if (isBusy) {
    return (
      <span className={choices.end}>
        <Loader size={14} aria-hidden /> {t('hold.holding')}
      </span>
    );
  }
  if (refusal === 'held_by_other' && item.reservation !== null) {
    const { userName, expiresAt } = item.reservation;
    return <>{t('hold.byOther', { who: userName, until: time(expiresAt) })}</>;
  }
  if (refusal === 'of_other_desk' && item.share?.deskName) {
    return <>{t('refusal.of_named_desk', { desk: item.share.deskName })}</>;
  }
  if (refusal !== null) return <>{t(`refusal.${refusal}`)}</>;
  if (item.reservation !== null) {
    return (
      <span className={classes.here}>
        <IconCheck size={15} stroke={2.6} aria-hidden /> {t('hold.here')}
      </span>
    );
  }
  return <StatusMark kind="item" status={item.status} look="plain" />;
}
