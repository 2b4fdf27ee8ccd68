import { Popover, Stack, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './StatusBar.module.css';

interface StatusFactProps {
  /** What the bar shows. */
  mark: ReactNode;
  /** The detail, once it is opened; `close` is for what leads elsewhere. */
  children: (close: () => void) => ReactNode;
  width?: number;
}

/** One fact of the status bar that opens its detail above it. */
export function StatusFact({ mark, children, width = 320 }: StatusFactProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover position="top-start" width={width} opened={opened} onChange={setOpened}>
      <Popover.Target>
        <UnstyledButton className={classes.fact} onClick={() => setOpened((was) => !was)}>
          {mark}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>{children(() => setOpened(false))}</Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
