/**
 * The activation code of an eSIM profile (SGP.22 4.1): format 1, the address of the SM-DP+, the matching id, and where
 * they are given the SM-DP+'s object id and the mark that a confirmation code is asked.
 */
const CODE = /^1\$[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\$[a-z0-9-]*(?:\$[0-9.]*(?:\$1?)?)?$/i;
const LONGEST = 255;
const PREFIX = 'LPA:';

/** The code as a QR code carries it, with its prefix; null when it is none. */
export function normaliseActivationCode(text: string): string | null {
  const bare = text.trim().replace(/^LPA:/i, '');
  return bare.length + PREFIX.length <= LONGEST && CODE.test(bare) ? PREFIX + bare : null;
}
