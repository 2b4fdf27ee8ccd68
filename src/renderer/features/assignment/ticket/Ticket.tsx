import { ActionIcon, Button, Text } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWizard } from '../wizard.ts';
import { HoldWatch } from './HoldWatch.tsx';
import { NextAction } from './NextAction.tsx';
import { Prices } from './Prices.tsx';
import classes from './Ticket.module.css';
import { TicketBody } from './TicketBody.tsx';

/** The assignment so far, always in view: who, what, which items and for how long, the price, the one next action. */
export function Ticket() {
  const { t } = useTranslation('assignment');
  const { draft, discard, busy } = useWizard();
  const [open, setOpen] = useState(false);
  const summary = [draft.customer?.name, draft.product?.name].filter(Boolean).join(' · ');
  return (
    <aside className={classes.ticket} data-open={open || undefined} aria-label={t('ticket.title')}>
      <div className={classes.head}>
        <Text fw={600} component="h2" className={classes.title}>
          {t('ticket.title')}
        </Text>
        <Text size="sm" c="dimmed" className={classes.summary} dir="auto">
          {summary || t('ticket.empty')}
        </Text>
        <ActionIcon
          className={classes.toggle}
          variant="subtle"
          color="gray"
          size="lg"
          aria-expanded={open}
          aria-label={t(open ? 'ticket.less' : 'ticket.more')}
          onClick={() => setOpen((was) => !was)}
        >
          <IconChevronUp size={18} />
        </ActionIcon>
      </div>
      <div className={classes.body}>
        <TicketBody />
      </div>
      <HoldWatch />
      <Prices />
      <NextAction />
      <Button
        className={classes.discard}
        variant="transparent"
        c="dimmed"
        size="compact-sm"
        loading={busy.has('discard')}
        onClick={discard}
      >
        {t('ticket.discard')}
      </Button>
    </aside>
  );
}
