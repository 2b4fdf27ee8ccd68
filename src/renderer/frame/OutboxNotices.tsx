import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDeskEvent } from '../events.tsx';
import { useNotify } from '../notify.tsx';
import { play } from '../sound.ts';

/** What is answered within this time was answered while whoever did it stood there. */
const AT_ONCE_MS = 5_000;

/**
 * Tells wherever staff are that head office refused a piece of work, and that it took an order that had waited. The screens
 * that show the work say so themselves.
 */
export function OutboxNotices() {
  const { t } = useTranslation('frame');
  const [location, navigate] = useLocation();
  const notify = useNotify();
  const told = useRef(new Set<string>());

  useDeskEvent('outbox', ({ entry }) => {
    const { id, state, draftId, customerName: customer, subject } = entry;
    const here = location === '/outbox' || (draftId !== null && location.startsWith(`/assign/${draftId}`));
    const waited = Date.now() - new Date(entry.madeAt).getTime() > AT_ONCE_MS;
    const isNews = state === 'refused' || (state === 'accepted' && entry.type === 'order.place' && waited);
    if (!isNews || here || told.current.has(`${id}/${state}`)) return;
    told.current.add(`${id}/${state}`);
    const good = state === 'accepted';
    if (!good) play('failed');
    notify.show({
      id: `outbox-${id}`,
      tone: good ? 'good' : 'bad',
      title: t(good ? 'sent.acceptedTitle' : 'sent.refusedTitle', { customer }),
      text: t(good ? 'sent.acceptedText' : 'sent.refusedText', { subject }),
      lasts: good ? 10_000 : false,
      action: {
        label: t('sent.open'),
        run: () => navigate(draftId !== null ? `/assign/${draftId}` : '/outbox'),
      },
    });
  });
  return null;
}
