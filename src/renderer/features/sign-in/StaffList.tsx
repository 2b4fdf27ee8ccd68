import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMachineNow } from '../../clock.ts';
import classes from './pin.module.css';
import { type KnownStaff, pinProblem } from './pin-state.ts';

interface StaffListProps {
  staff: readonly KnownStaff[];
  onChoose: (one: KnownStaff) => void;
}

/** Who has signed in at this desk; who can't unlock it now is shown with the reason. */
export function StaffList({ staff, onChoose }: StaffListProps) {
  const { t } = useTranslation('frame');
  const now = useMachineNow(60_000);
  const first = staff.find((one) => pinProblem(one, now) === null);
  return (
    <ul className={classes.staff} aria-label={t('signIn.who')}>
      {staff.map((one) => {
        const problem = pinProblem(one, now);
        const roles = one.user.roles.map((role) => t(`roles.${role}`)).join(', ');
        return (
          <li key={one.user.id}>
            <UnstyledButton
              className={classes.person}
              disabled={problem !== null}
              autoFocus={one === first}
              onClick={() => onChoose(one)}
            >
              <IconUserCircle size={22} stroke={1.6} aria-hidden />
              <span className={classes.personWords}>
                <bdi className={classes.personName}>{one.user.name}</bdi>
                <span className={classes.personDetail}>{problem === null ? roles : t(`signIn.why.${problem}`)}</span>
              </span>
              {problem === null && <IconChevronRight size={17} aria-hidden />}
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}
