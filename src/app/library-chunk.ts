/*
 * The library's screens, loaded as one file: three would be larger, share half of it, and come one by one. The offers
 * are in it for what goes on by itself: they are made of the same catalogue.
 */
export { default as LibraryScreen } from '../features/library/LibraryScreen.tsx';
export { InspectorPanel } from '../features/library/inspector/InspectorPanel.tsx';
export { OwnModelPanel } from '../features/library/own/OwnModelPanel.tsx';
export { loadOffers } from '../models/zoo/offers.ts';
