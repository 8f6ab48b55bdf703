/*
 * What the library's screen shows from the start, loaded as one file: two would be larger, and come one by one. The
 * offers are in it for what goes on by itself: they are made of the same catalogue.
 */
export { default as LibraryScreen } from '../features/library/LibraryScreen.tsx';
export { OwnModelPanel } from '../features/library/own/OwnModelPanel.tsx';
export { loadOffers } from '../models/zoo/offers.ts';
