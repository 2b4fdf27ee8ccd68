import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from './errors.ts';

export interface Notice {
  title: string;
  text?: ReactNode;
  /** One thing that can be done about it right there. */
  action?: { label: string; run: () => void };
  tone?: 'neutral' | 'good' | 'bad';
  /** Shows the notice in the place of an earlier one. */
  id?: string;
  /** Milliseconds; false stays until closed. */
  lasts?: number | false;
}

const colours = { neutral: 'gray', good: 'green', bad: 'red' } as const;

function show({ title, text, action, tone = 'neutral', id, lasts = 8000 }: Notice): void {
  const shown = id ?? crypto.randomUUID();
  const options = {
    id: shown,
    title,
    color: colours[tone],
    autoClose: lasts,
    withBorder: true,
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap" align="center">
        <Text size="sm" component="div">
          {text}
        </Text>
        {action && (
          <Button
            size="compact-sm"
            variant="light"
            flex="none"
            onClick={() => {
              notifications.hide(shown);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  };
  // The second of the two does nothing where the first found the notice still on screen.
  notifications.update(options);
  notifications.show(options);
}

/** Short messages at the edge of the screen, read out to screen readers. `error` words any error of a desk call. */
export function useNotify() {
  const { t, i18n } = useTranslation('errors');
  return useMemo(
    () => ({
      show,
      error(error: unknown) {
        const { title, advice, id } = describeError(error, t, i18n.language);
        show({ title, text: advice, tone: 'bad', id, lasts: 12_000 });
      },
    }),
    [t, i18n.language],
  );
}
