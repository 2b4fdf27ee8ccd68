/** What every dialogue of the own sign-in is told. */
export interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}
