/** The screens of the app, as the part of the address behind `#` names them. */
export type Screen =
  | { readonly name: 'workbench' }
  /** `search`: what the address says behind “?”. */
  | { readonly name: 'library'; readonly search: string }
  | { readonly name: 'inspector'; readonly model: string };

export const WORKBENCH_PATH = '/';
export const LIBRARY_PATH = '/library';

/** The address of a model's inspector. */
export function inspectorPath(model: string): string {
  return `${LIBRARY_PATH}/${encodeURIComponent(model)}`;
}

/** The address of the library with something behind “?”. */
export function libraryPath(search: string): string {
  return search === '' ? LIBRARY_PATH : `${LIBRARY_PATH}?${search}`;
}

/** The address at which the library shows what is published of a model. */
export function aboutPath(model: string): string {
  return libraryPath(new URLSearchParams({ about: model }).toString());
}

/** An address as the app itself would write it: one of the library that names no model is the library's own. */
export function tidyPath(path: string): string {
  const screen = screenOf(path);
  return screen.name === 'library' ? libraryPath(screen.search) : path;
}

/** The screen of an address; whatever is no other is the workbench. */
export function screenOf(path: string): Screen {
  const mark = path.indexOf('?');
  const place = mark < 0 ? path : path.slice(0, mark);
  if (place === LIBRARY_PATH || place === `${LIBRARY_PATH}/`) {
    return { name: 'library', search: mark < 0 ? '' : path.slice(mark + 1) };
  }
  const model = /^\/library\/([A-Za-z0-9._%-]{1,200})$/.exec(place)?.[1];
  if (model === undefined) return { name: 'workbench' };
  try {
    return { name: 'inspector', model: decodeURIComponent(model) };
  } catch {
    return { name: 'library', search: '' }; // a broken escape names no model
  }
}
