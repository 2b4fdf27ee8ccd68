import type { z } from 'zod';
import type { Link } from '#core/contract/desk/events.ts';
import type { capabilitiesSchema, desksOwn } from '#core/contract/desk/own.ts';
import type { DeviceService } from '../devices/device-service.ts';
import type { HandOver } from '../documents/hand-over.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Events } from '../events.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { PortalViews } from '../portal-view/portal-view.ts';
import type { Scans } from '../scans/scans.ts';
import type { DeskSession } from '../session/session.ts';
import type { Settings } from '../settings/settings.ts';
import type { DeskImplementer, DeskRouter } from './implementer.ts';
import { portalViewRouter } from './portal-view.ts';
import { type WorkOptions, workRouter } from './work.ts';

export type Capabilities = z.infer<typeof capabilitiesSchema>;

export interface OwnOptions extends WorkOptions {
  readonly capabilities: Capabilities;
  readonly events: Events;
  readonly link: () => Link;
  readonly settings: Settings;
  readonly session: DeskSession;
  readonly drafts: Drafts;
  readonly scans: Scans;
  readonly devices: DeviceService;
  readonly jobs: Jobs;
  readonly documents: HandOver;
  readonly portalView: PortalViews;
}

/** The desk's own methods; each hands its input to the part that does the work. */
export function ownRouter(desk: DeskImplementer, options: OwnOptions): Pick<DeskRouter, keyof typeof desksOwn> {
  return {
    ...workRouter(desk, options),
    ...portalViewRouter(desk, options.portalView),
    system: systemRouter(desk, options),
    session: sessionRouter(desk, options),
    drafts: draftsRouter(desk, options),
    scans: scansRouter(desk, options),
    devices: devicesRouter(desk, options),
    documents: { handOver: desk.documents.handOver.handler(({ input }) => options.documents.print(input)) },
  };
}

function systemRouter({ system }: DeskImplementer, { capabilities, link, settings, events, jobs }: OwnOptions) {
  return {
    capabilities: system.capabilities.handler(() => capabilities),
    link: system.link.handler(link),
    settings: system.settings.handler(settings.get),
    changeSettings: system.changeSettings.handler(({ input }) => settings.change(input)),
    events: system.events.handler(({ signal }) => {
      const stream = events.subscribe(signal);
      // Now somebody hears of what became of the jobs of before.
      void jobs.resume();
      return stream;
    }),
  };
}

function sessionRouter(desk: DeskImplementer, { session }: OwnOptions) {
  return {
    get: desk.session.get.handler(session.user),
    state: desk.session.state.handler(session.state),
    signIn: desk.session.signIn.handler(({ input }) => session.signIn(input)),
    forgot: desk.session.forgot.handler(({ input }) => session.forgot(input)),
    refresh: desk.session.refresh.handler(session.refresh),
    signOut: desk.session.signOut.handler(({ input }) => session.signOut(input)),
  };
}

function draftsRouter(desk: DeskImplementer, { drafts }: OwnOptions) {
  const methods = desk.drafts;
  return {
    list: methods.list.handler(drafts.list),
    get: methods.get.handler(({ input }) => drafts.get(input.draftId)),
    create: methods.create.handler(({ input }) => drafts.create(input)),
    chooseProduct: methods.chooseProduct.handler(({ input }) => drafts.chooseProduct(input.draftId, input.productId)),
    chooseCustomer: methods.chooseCustomer.handler(({ input }) =>
      drafts.chooseCustomer(input.draftId, input.customerId),
    ),
    chooseItem: methods.chooseItem.handler(({ input }) => drafts.chooseItem(input.draftId, input.itemId)),
    shortlistItem: methods.shortlistItem.handler(({ input }) => drafts.shortlistItem(input.draftId, input.itemId)),
    releaseItem: methods.releaseItem.handler(({ input }) => drafts.releaseItem(input.draftId, input.itemId)),
    extendHolds: methods.extendHolds.handler(({ input }) => drafts.extendHolds(input.draftId)),
    changeDetails: methods.changeDetails.handler(({ input }) => drafts.changeDetails(input.draftId, input.details)),
    preflight: methods.preflight.handler(({ input }) => drafts.preflight(input.draftId)),
    confirm: methods.confirm.handler(({ input }) => drafts.confirm(input.draftId)),
    discard: methods.discard.handler(({ input }) => drafts.discard(input.draftId)),
    restore: methods.restore.handler(({ input }) => drafts.restore(input.draftId)),
  };
}

function scansRouter(desk: DeskImplementer, { scans, devices }: OwnOptions) {
  return {
    submit: desk.scans.submit.handler(({ input }) => devices.submitWedgeScan(input.text)),
    resolve: desk.scans.resolve.handler(({ input }) => scans.resolve(input.text)),
  };
}

function devicesRouter(desk: DeskImplementer, { devices, settings }: OwnOptions) {
  return {
    list: desk.devices.list.handler(() => devices.list()),
    settings: desk.devices.settings.handler(settings.devices),
    changeSettings: desk.devices.changeSettings.handler(async ({ input }) => {
      await settings.changeDevices(input);
      devices.changeSettings(input);
      return input;
    }),
    test: desk.devices.test.handler(({ input }) => devices.test(input.deviceId)),
  };
}
