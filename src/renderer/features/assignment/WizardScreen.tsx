import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#core/assignment/draft.ts';
import type { StepName } from '#core/assignment/steps.ts';
import { OfflineBanner } from './parts/OfflineBanner.tsx';
import { ProblemNotice } from './parts/ProblemNotice.tsx';
import { StepBar } from './parts/StepBar.tsx';
import { ConfirmPanel } from './review/ConfirmPanel.tsx';
import { CustomerStep } from './steps/CustomerStep.tsx';
import { DetailsStep } from './steps/DetailsStep.tsx';
import { InventoryStep } from './steps/InventoryStep.tsx';
import { ProductStep } from './steps/ProductStep.tsx';
import { RenewalStep } from './steps/RenewalStep.tsx';
import { ReviewStep } from './steps/ReviewStep.tsx';
import { ServiceStep } from './steps/ServiceStep.tsx';
import { useLatelySold, useProducts } from './steps/use-products.ts';
import { HoldAnnouncer } from './ticket/HoldAnnouncer.tsx';
import { Ticket } from './ticket/Ticket.tsx';
import { useWizardState } from './use-wizard.ts';
import { useWizardKeys } from './use-wizard-keys.ts';
import { useWizardScans } from './use-wizard-scans.ts';
import classes from './WizardScreen.module.css';
import { WizardContext } from './wizard.ts';

const screens: Record<StepName, () => React.ReactNode> = {
  product: ProductStep,
  customer: CustomerStep,
  service: ServiceStep,
  inventory: InventoryStep,
  details: DetailsStep,
  renewal: RenewalStep,
  review: ReviewStep,
};

interface WizardScreenProps {
  draft: Draft;
  /** The step in the address. */
  asked: string | undefined;
}

/** One step at a time at the left, the ticket always at the right. */
export function WizardScreen({ draft, asked }: WizardScreenProps) {
  const { t } = useTranslation('assignment');
  const wizard = useWizardState(draft, asked);
  useWizardScans(wizard);
  // Read before the step is reached: choosing a plan must not wait for the catalogue.
  useProducts();
  useLatelySold();
  useWizardKeys({ onConfirm: wizard.confirm, onEscape: wizard.back });
  const Step = screens[wizard.step];
  const title = t(`title.${draft.product?.category ?? 'plan'}`);
  useEffect(() => {
    document.title = `${title} · Comptoir`;
  }, [title]);
  return (
    <WizardContext value={wizard}>
      <div className={classes.page} data-step={wizard.step}>
        <div className={classes.columns}>
          <div className={classes.main}>
            {/* The bar of steps is the head that people see. */}
            <h1 className="visually-hidden" tabIndex={-1}>
              {title}
            </h1>
            <HoldAnnouncer />
            <StepBar />
            <OfflineBanner />
            <ProblemNotice />
            {/* A step starts afresh each time it is opened: its focus, its search, its open slot. */}
            <Step key={wizard.step} />
          </div>
          {wizard.step === 'review' ? <ConfirmPanel /> : <Ticket />}
        </div>
      </div>
    </WizardContext>
  );
}
