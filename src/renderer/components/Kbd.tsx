import { useTranslation } from 'react-i18next';
import classes from './Kbd.module.css';

interface KbdProps {
  /** Keys joined by plus signs: `Ctrl+K`, `F2`, `Ctrl+Enter`. */
  keys: string;
  /** On a filled button. */
  onAccent?: boolean;
}

/** A key or a combination, in the keyboard's words of the language. */
export function Kbd({ keys, onAccent }: KbdProps) {
  const { t } = useTranslation('common');
  return (
    <kbd className={classes.kbd} data-on-accent={onAccent}>
      {keys
        .split('+')
        .map((key) => t(`keys.${key}`, { defaultValue: key }))
        .join(' ')}
    </kbd>
  );
}
