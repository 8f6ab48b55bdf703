/* The dialogs that every screen may need, loaded as one file when the first is opened: two would be larger. */
export { LimitsDialog } from './limits/LimitsDialog.tsx';
export { ModelDialog } from './models/ModelDialog.tsx';
