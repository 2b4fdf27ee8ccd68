/** Wrong PINs in a row before the password is asked for. */
export const PIN_TRIES = 5;

/** For how long a PIN opens a desk without a line, from the last sign-in by password with one. */
export const PIN_DAYS = 7;
