/** What nobody knows yet: the same empty list each time, so that nothing is rendered anew for it. */
export const NONE: readonly never[] = [];
