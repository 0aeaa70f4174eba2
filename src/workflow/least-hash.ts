/**
 * Digits of a plan's hash that an approval has to name. Fewer could be met on purpose: who edits a spec can try wordings until its plan begins
 * like the one that was read (seven digits take minutes), and the approval of the one would be that of the other.
 */
export const LEAST_HASH = 16;
