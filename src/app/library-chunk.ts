/*
 * The library's screens, loaded as one file: three would be larger, share half of it, and come one by one. The catalogue is
 * in it for them, and its offers for what goes on by itself.
 */
export { default as LibraryScreen } from '../features/library/LibraryScreen.tsx';
export { InspectorPanel } from '../features/library/inspector/InspectorPanel.tsx';
export { OwnModelPanel } from '../features/library/own/OwnModelPanel.tsx';
export { loadZoo } from '../models/zoo/load.ts';
export { loadOffers } from '../models/zoo/offers.ts';
