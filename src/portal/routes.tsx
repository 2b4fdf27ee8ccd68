import {
  IconActivity,
  IconChartBar,
  IconCirclePlus,
  IconDeviceSim,
  IconFileInvoice,
  IconLayoutDashboard,
  IconUserCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import { parse } from 'regexparam';
import type { Hideable } from '#core/domain/portal.ts';
import type { Load } from './components/Part.tsx';

export interface Section {
  /** Its first address, and the key of its name in `common:nav`. */
  readonly path: string;
  readonly name: 'dashboard' | 'services' | 'usage' | 'billing' | 'recharge' | 'account' | 'activity';
  readonly icon: TablerIcon;
  /** What hides it for customers of an operator who wants it hidden. */
  readonly hiddenBy: Hideable | null;
}

/** The sections of the portal, in the order of the navigation. */
export const sections: readonly Section[] = [
  { path: '/dashboard', name: 'dashboard', icon: IconLayoutDashboard, hiddenBy: null },
  { path: '/services', name: 'services', icon: IconDeviceSim, hiddenBy: null },
  { path: '/usage', name: 'usage', icon: IconChartBar, hiddenBy: 'usage' },
  { path: '/billing', name: 'billing', icon: IconFileInvoice, hiddenBy: 'billing' },
  { path: '/recharge', name: 'recharge', icon: IconCirclePlus, hiddenBy: 'recharge' },
  { path: '/account', name: 'account', icon: IconUserCircle, hiddenBy: null },
  { path: '/activity', name: 'activity', icon: IconActivity, hiddenBy: 'activity' },
];

interface PageRoute {
  /** In wouter's words: `/services/:id`, `/account/*?`. */
  readonly path: string;
  readonly load: Load;
  readonly hiddenBy?: Hideable;
}

/** The pages of who is signed in. Each comes in a file of its own; its name is the export of that file. */
export const pages: readonly PageRoute[] = [
  {
    path: '/dashboard',
    load: async () => (await import('./features/dashboard/DashboardPage.tsx')).DashboardPage,
  },
  {
    path: '/services',
    load: async () => (await import('./features/services/ServicesPage.tsx')).ServicesPage,
  },
  {
    path: '/services/:id',
    load: async () => (await import('./features/services/ServicePage.tsx')).ServicePage,
  },
  {
    path: '/offers',
    load: async () => (await import('./features/services/OffersPage.tsx')).OffersPage,
  },
  {
    path: '/usage/:id?',
    load: async () => (await import('./features/usage/UsagePage.tsx')).UsagePage,
    hiddenBy: 'usage',
  },
  {
    path: '/billing',
    load: async () => (await import('./features/billing/BillingPage.tsx')).BillingPage,
    hiddenBy: 'billing',
  },
  {
    path: '/billing/invoices',
    load: async () => (await import('./features/billing/BillingPage.tsx')).InvoicesPage,
    hiddenBy: 'billing',
  },
  {
    path: '/billing/invoices/:id',
    load: async () => (await import('./features/billing/InvoicePage.tsx')).InvoicePage,
    hiddenBy: 'billing',
  },
  {
    path: '/billing/transactions',
    load: async () => (await import('./features/billing/BillingPage.tsx')).TransactionsPage,
    hiddenBy: 'billing',
  },
  {
    path: '/billing/payment',
    load: async () => (await import('./features/billing/BillingPage.tsx')).PaymentPage,
    hiddenBy: 'billing',
  },
  {
    // Add-ons are there too: what is hidden of it the page knows.
    path: '/recharge/:id?',
    load: async () => (await import('./features/recharge/RechargePage.tsx')).RechargePage,
  },
  {
    path: '/activity',
    load: async () => (await import('./features/activity/ActivityPage.tsx')).ActivityPage,
    hiddenBy: 'activity',
  },
  {
    path: '/account/*?',
    load: async () => (await import('./features/account/AccountPage.tsx')).AccountPage,
  },
];

/** Where people sign in. */
export const entrance = async () => (await import('./features/access/Entrance.tsx')).Entrance;

/** The page at an address below /portal. */
export function pageAt(address: string): PageRoute | undefined {
  const isSection = address !== '/' && address !== '/sign-in';
  return pages.find(({ path }) => parse(path).pattern.test(isSection ? address : '/dashboard'));
}
