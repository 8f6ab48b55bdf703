/* What the library's screen shows from the start, loaded as one file: two would be larger, and come one by one. */
export { default as LibraryScreen } from '../features/library/LibraryScreen.tsx';
export { OwnModelPanel } from '../features/library/own/OwnModelPanel.tsx';
