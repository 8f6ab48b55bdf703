/** Tests that run side by side: they wait as much as they compute. */
export const WORKERS = 2;
