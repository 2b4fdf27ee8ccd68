import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import { lapsedItems, missingOf, nextStep, type StepName, stepsOf } from '#core/assignment/steps.ts';
import { centralNow } from '../../clock.ts';
import { desk, deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { errorStep } from './error-step.ts';
import type { Problem, Wizard } from './wizard.ts';

/** A discarded draft can be brought back for a minute; the notice stays shorter, it may cover the next ticket. */
const UNDO_MS = 25_000;

/** Names of the commands under way, and a runner that keeps them. */
function useBusy() {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const during = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    setBusy((names) => new Set(names).add(name));
    try {
      return await work();
    } finally {
      setBusy((names) => new Set([...names].filter((other) => other !== name)));
    }
  };
  return { busy, during };
}

/** Discards with a way back: the draft and what can still be held of it. */
export function useDiscard(): (draft: Draft) => Promise<void> {
  const { t } = useTranslation('assignment');
  const [, navigate] = useLocation();
  const notify = useNotify();
  return async (draft) => {
    await desk.drafts.discard({ draftId: draft.id });
    navigate('/');
    const restore = async () => {
      await desk.drafts.restore({ draftId: draft.id });
      navigate(`/assign/${draft.id}`);
    };
    notify.show({
      id: `discarded-${draft.id}`,
      title: t('discarded.title'),
      text: t('discarded.text', { who: draft.customer?.name ?? t('discarded.nobody') }),
      lasts: UNDO_MS,
      action: { label: t('discarded.undo'), run: () => restore().catch(notify.error) },
    });
  };
}

/** Whether a step has a question left, required or not. */
function waits(draft: Draft, name: StepName): boolean {
  const step = stepsOf(draft).find((one) => one.name === name);
  return step !== undefined && step.missing.length + step.open.length > 0;
}

/** The wizard around a draft. `asked` is the step of the address; without one the next missing step is shown. */
export function useWizardState(draft: Draft, asked: string | undefined): Wizard {
  const queryClient = useQueryClient();
  const [location, navigate] = useLocation();
  const { busy, during } = useBusy();
  const [problem, setProblem] = useState<Problem | null>(null);
  const discard = useDiscard();
  const confirming = useRef(false);
  const [passed, setPassed] = useState<ReadonlySet<StepName>>(new Set());
  const [taking, setTaking] = useState<DraftItem['item'] | null>(null);
  // Once the draft has it, the draft shows it: never a frame with neither.
  if (taking !== null && draft.items.some(({ item }) => item.id === taking.id)) setTaking(null);

  const steps = stepsOf(draft);
  const next = nextStep(draft, passed);
  const step = steps.find(({ name }) => name === asked)?.name ?? next;
  const open = (to: StepName | null) => {
    const address = to === null ? `/assign/${draft.id}` : `/assign/${draft.id}/${to}`;
    if (address !== location) navigate(address);
  };
  const put = (changed: Draft) =>
    queryClient.setQueryData(deskQuery.drafts.get.queryKey({ input: { draftId: draft.id } }), changed);

  const act: Wizard['act'] = async (name, command, then = 'stay') => {
    try {
      const changed = await during(name, command);
      put(changed);
      setProblem(null);
      if (then === 'advance' || (then === 'complete' && waits(draft, step) && !waits(changed, step))) open(null);
      return changed;
    } catch (error) {
      setProblem({ kind: 'error', error });
      const lost = errorStep(error);
      // Someone else's change decides: read what the draft is now.
      if (lost !== null) void queryClient.invalidateQueries({ queryKey: deskQuery.drafts.get.key() });
      return null;
    }
  };

  const take: Wizard['take'] = async (item) => {
    const { id: itemId } = item;
    // An item that the draft has is held for longer; there is nothing to show beforehand.
    if (!draft.items.some((one) => one.item.id === itemId)) setTaking(item);
    const done = await act(`item:${itemId}`, () => desk.drafts.chooseItem({ draftId: draft.id, itemId }), 'complete');
    if (done === null) setTaking((now) => (now?.id === itemId ? null : now));
    return done;
  };

  const confirm = async () => {
    // Two presses in one frame come before `busy` is drawn; the host too gives the first order to the second.
    if (confirming.current || missingOf(draft).length > 0) return;
    // What lapsed is taken again by a press of its own: staff must know that somebody else could have had it.
    if (lapsedItems(draft, new Date(centralNow())).length > 0) return;
    confirming.current = true;
    try {
      await act('confirm', () => desk.drafts.confirm({ draftId: draft.id }));
    } finally {
      confirming.current = false;
    }
  };

  const back = () => {
    const previous = steps[steps.findIndex(({ name }) => name === step) - 1];
    if (previous === undefined) navigate('/');
    else open(previous.name);
  };

  const pass = (name: StepName) => {
    setPassed((names) => new Set(names).add(name));
    open(null);
  };

  return {
    draft,
    steps,
    step,
    next,
    pass,
    busy,
    taking,
    problem,
    open,
    back,
    act,
    take,
    setProblem,
    confirm: () => void confirm(),
    discard: () => void during('discard', () => discard(draft)).catch((error) => setProblem({ kind: 'error', error })),
  };
}
