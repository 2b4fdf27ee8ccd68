import {
  IconArrowsExchange,
  IconHome,
  IconKeyboard,
  IconLayoutGrid,
  IconPackage,
  IconPackageImport,
  IconPlus,
  IconScan,
  IconSend,
  IconSettings,
  IconUserPlus,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { hasPermission } from '#core/domain/granted.ts';
import type { Permission } from '#core/domain/user.ts';
import { useUser } from '../session.tsx';
import { useStartDraft } from './use-drafts.ts';

export interface Command {
  key: string;
  label: string;
  icon: TablerIcon;
  keys?: string;
  run: () => void;
}

interface Entry {
  key: string;
  icon: TablerIcon;
  keys?: string;
  needs?: Permission;
  to?: string;
}

const entries: readonly Entry[] = [
  { key: 'newAssignment', icon: IconPlus, keys: 'F2', needs: 'provision' },
  { key: 'newCustomer', icon: IconUserPlus, needs: 'create_customer', to: '/customers/new' },
  { key: 'receive', icon: IconPackageImport, needs: 'create_inventory', to: '/inventory/receive' },
  { key: 'home', icon: IconHome, to: '/' },
  { key: 'catalogue', icon: IconLayoutGrid, to: '/catalogue' },
  { key: 'customers', icon: IconUsers, keys: 'F3', needs: 'view_customer', to: '/customers' },
  { key: 'inventory', icon: IconPackage, keys: 'F4', needs: 'view_inventory', to: '/inventory' },
  { key: 'provisioning', icon: IconArrowsExchange, needs: 'provision', to: '/provisioning' },
  { key: 'outbox', icon: IconSend, to: '/outbox' },
  { key: 'devices', icon: IconScan, to: '/devices' },
  { key: 'settings', icon: IconSettings, to: '/settings' },
  { key: 'keyboard', icon: IconKeyboard, keys: '?' },
];

/** What can be done from the search field, narrowed by its text and by what the person may do. */
export function useCommands(text: string): Command[] {
  const { t } = useTranslation('frame');
  const user = useUser();
  const [, navigate] = useLocation();
  const start = useStartDraft();
  const acts: Record<string, () => void> = {
    newAssignment: () => start.mutate({}),
    keyboard: () => setTimeout(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))),
  };
  const wanted = text.trim().toLocaleLowerCase();
  return entries
    .filter(({ needs }) => needs === undefined || hasPermission(user.permissions, needs))
    .map(({ key, icon, keys, to }) => ({
      key,
      icon,
      keys,
      label: t(`commands.${key}`),
      run: acts[key] ?? (() => navigate(to ?? '/')),
    }))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
}
