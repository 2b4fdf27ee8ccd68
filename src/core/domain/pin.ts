/** Wrong PINs in a row before the password is asked for. */
export const PIN_TRIES = 5;
