/** The screens of the app, as the part of the address behind `#` names them. */
export type Screen =
  | { readonly name: 'workbench' }
  | { readonly name: 'library' }
  | { readonly name: 'inspector'; readonly model: string };

export const WORKBENCH_PATH = '/';
export const LIBRARY_PATH = '/library';

/** The address of a model's inspector. */
export function inspectorPath(model: string): string {
  return `${LIBRARY_PATH}/${encodeURIComponent(model)}`;
}

/** The screen of an address; whatever is no other is the workbench. */
export function screenOf(path: string): Screen {
  if (path === LIBRARY_PATH) return { name: 'library' };
  const model = /^\/library\/([A-Za-z0-9._%-]{1,200})$/.exec(path)?.[1];
  if (model === undefined) return { name: 'workbench' };
  try {
    return { name: 'inspector', model: decodeURIComponent(model) };
  } catch {
    return { name: 'library' }; // a broken escape names no model
  }
}
