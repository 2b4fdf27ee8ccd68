import type { ReactNode } from 'react';
import classes from './Facts.module.css';

interface FactsProps {
  /** Names with what they are; one that is null is not known and left out. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
  /** Beside each other in as many columns as there is room for, rather than one below the other. */
  readonly spread?: boolean;
}

/** A few facts, each with its name. */
export function Facts({ facts, spread = false }: FactsProps) {
  return (
    <dl className={classes.facts} data-spread={spread || undefined}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt className={classes.name}>{name}</dt>
            <dd className={classes.value}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
