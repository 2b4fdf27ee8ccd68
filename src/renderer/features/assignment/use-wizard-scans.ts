import { centralNow } from '../../clock.ts';
import { desk } from '../../desk.ts';
import { useScanTarget } from '../../scan/scan-router.tsx';
import { useUser } from '../../session.tsx';
import { planScan } from './scan-answer.ts';
import type { Wizard } from './wizard.ts';

/** Any scan, in any step, wherever the focus is: fills its slot, takes its customer, or is refused with the reason. */
export function useWizardScans({ draft, step, act, take, setProblem }: Wizard): void {
  const user = useUser();
  useScanTarget(async (scan, match) => {
    const plan = planScan(match, {
      draft,
      onCustomerStep: step === 'customer',
      storeId: user.store?.id,
      now: new Date(centralNow()),
    });
    const draftId = draft.id;
    switch (plan.do) {
      case 'leave':
        return 'ignored';
      case 'refuse':
        setProblem({ kind: 'scan', reason: plan.reason, facts: { ...plan.facts, text: scan.text.slice(0, 60) } });
        return 'refused';
      case 'customer': {
        const { customerId } = plan;
        const done = await act('scan', () => desk.drafts.chooseCustomer({ draftId, customerId }), 'advance');
        return done === null ? 'refused' : 'taken';
      }
      case 'item':
        return (await take(plan.item)) === null ? 'refused' : 'taken';
    }
  });
}
