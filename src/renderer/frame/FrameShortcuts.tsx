import { spotlight } from '@mantine/spotlight';
import { useLocation } from 'wouter';
import { useCan } from '../session.tsx';
import { useShortcut } from '../shortcuts.tsx';
import { useDrafts, useStartDraft } from './use-drafts.ts';

/** One level back from a place: its parent, and home from the top ones. Null at home. */
export function parentOf(location: string): string | null {
  const parts = location.split('/').filter(Boolean);
  if (parts.length === 0) return null;
  if (parts[0] === 'assign' || parts[0] === 'devices') return parts[0] === 'devices' ? '/settings' : '/';
  if (parts[0] === 'services') return '/customers';
  if (parts[0] === 'orders') return '/provisioning';
  return parts.length === 1 ? '/' : `/${parts[0]}`;
}

/** Something that Escape closes is open: a dialogue, a menu, a list of choices. */
function isLayerOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]:not([hidden])') !== null;
}

/** The keys of the frame (screens.md, principle 7). Pages bind the same keys in front of these where they mean more. */
export function FrameShortcuts() {
  const [location, navigate] = useLocation();
  const { data: drafts = [] } = useDrafts();
  const start = useStartDraft();
  const mayStart = useCan('provision');

  useShortcut('Ctrl+K', () => spotlight.open());
  useShortcut('F2', () => {
    if (mayStart && !start.isPending) start.mutate({});
  });
  useShortcut('F3', () => navigate('/customers'));
  useShortcut('F4', () => navigate('/inventory'));
  useShortcut('F6', () => {
    const here = drafts.findIndex(({ id }) => location.startsWith(`/assign/${id}`));
    const next = drafts[(here + 1) % drafts.length];
    if (next) navigate(`/assign/${next.id}`);
  });
  useShortcut('Escape', (event) => {
    if (isLayerOpen()) return false;
    const { target } = event;
    // The first Escape leaves a text field, the second the page, so that nothing typed is lost by one key.
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      target.blur();
      document.getElementById('content')?.focus();
      return true;
    }
    const parent = parentOf(location);
    if (parent !== null) navigate(parent);
    return true;
  });
  return null;
}
