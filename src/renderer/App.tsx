import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import classes from './App.module.css';
import { EventsProvider } from './events.tsx';
import { HostGone } from './frame/HostGone.tsx';
import { SessionGate } from './frame/SessionGate.tsx';
import { SettingsSync } from './frame/SettingsSync.tsx';
import { ShortcutsProvider } from './shortcuts.tsx';
import { cssVariables } from './theme.ts';
import { useTheme } from './use-theme.ts';

/** Mantine's dialogues are at 200. */
const BELOW_DIALOGUES = 190;

/** The composition root of the screens. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <MantineProvider theme={useTheme()} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Router hook={useHashLocation}>
          <ShortcutsProvider>
            <EventsProvider>
              <SettingsSync />
              <div className={classes.window}>
                <HostGone />
                <div className={classes.content}>
                  <SessionGate />
                </div>
              </div>
            </EventsProvider>
          </ShortcutsProvider>
        </Router>
        {/* Below dialogues: a notice must not cover the button that somebody is about to press. */}
        <Notifications
          position="bottom-right"
          limit={4}
          containerWidth={400}
          zIndex={BELOW_DIALOGUES}
          className={classes.notices}
        />
      </QueryClientProvider>
    </MantineProvider>
  );
}
