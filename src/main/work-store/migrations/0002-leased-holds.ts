/**
 * Holds also of what head office's reservation keeps for a draft. Null, as what could be read of a damaged file of before has
 * it, is the same as 0.
 */
export const leasedHolds = 'alter table local_hold add column leased integer default 0';
