import * as v from 'valibot';
import { create } from 'zustand';

const KEY = 'gluon-lens.theme';
const themeSchema = v.picklist(['auto', 'light', 'dark']);

export type Theme = v.InferOutput<typeof themeSchema>;

/** What storage holds, if it is one of ours; storage may hold anything, or refuse to be read. */
export function storedTheme(storage: () => Pick<Storage, 'getItem'>): Theme {
  try {
    const parsed = v.safeParse(themeSchema, storage().getItem(KEY));
    return parsed.success ? parsed.output : 'auto';
  } catch {
    // Private windows and strict settings throw on access: the theme then follows the system.
    return 'auto';
  }
}

/** Keeps the choice; true when storage took it. */
export function storeTheme(storage: () => Pick<Storage, 'setItem'>, theme: Theme): boolean {
  try {
    storage().setItem(KEY, theme);
    return true;
  } catch {
    // The choice then lasts as long as the page.
    return false;
  }
}

/** The chosen theme. */
export const useTheme = create<{ readonly theme: Theme }>()(() => ({
  theme: storedTheme(() => localStorage),
}));

/** Chooses a theme, for this page and the next visit. */
export function chooseTheme(theme: Theme): void {
  storeTheme(() => localStorage, theme);
  useTheme.setState({ theme });
}

/** Keeps `<html data-theme>` in step with the choice; `auto` leaves it to the system. */
export function applyTheme(root: HTMLElement): () => void {
  const apply = ({ theme }: { readonly theme: Theme }) => {
    if (theme === 'auto') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  apply(useTheme.getState());
  return useTheme.subscribe(apply);
}
