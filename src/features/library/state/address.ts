import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { create } from 'zustand';
import type { ClosedBy } from '../../../ui/Dialog.tsx';
import { addressOf, parseAddress } from '../address.ts';
import { EVERYTHING, type Query } from '../filter.ts';

/** After so long without a change the address is brought up to date, in ms: some browsers refuse many changes at once. */
const WRITE_MS = 300;

interface View {
  readonly query: Query;
  /** The address whose details were closed, until the browser has gone back from it. */
  readonly left: string | null;
}

/** Kept while the page is open: whoever comes back from the bench finds the list as it was. */
const useView = create<View>()(() => ({ query: EVERYTHING, left: null }));

function setQuery(query: Query): void {
  useView.setState({ query });
}

/** What the browser's history keeps of details that were opened from the list: the entry before theirs is that list. */
const OVER_LIST = 'details-over-list';

/** Shows another address of the library, as a new entry of the browser's history or in place of the present one. */
export type Navigate = (search: string, how: 'push' | 'replace') => void;

/**
 * What the library shows. An address that says something decides; one that says nothing leaves it as it was. What is
 * changed on the page is written back into the address.
 * @param search the part of the address behind “?”.
 */
export function useLibraryView(search: string, navigate: Navigate) {
  const { query, left } = useView();
  const { query: said, about } = useMemo(() => parseAddress(search), [search]);
  /** The address that this page wrote, or took over, last. */
  const settled = useRef<string | null>(null);

  useLayoutEffect(() => {
    if (search === settled.current) return;
    // The list that was left for details may have been changed over them; what it says now is written into its address.
    const isBack = settled.current !== null && settled.current === useView.getState().left;
    settled.current = search;
    useView.setState({ left: null, ...(said && !isBack && { query: said }) });
  }, [search, said]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const next = addressOf(query, about);
      if (next === search || left === search) return;
      settled.current = next;
      navigate(next, 'replace');
    }, WRITE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [query, about, left, search, navigate]);

  const write = useCallback(
    (model: string | null, how: 'push' | 'replace') => {
      settled.current = addressOf(useView.getState().query, model);
      navigate(settled.current, how);
    },
    [navigate],
  );

  const show = useCallback(
    (model: string) => {
      write(null, 'replace'); // what was typed a moment ago is to be there again after “back”
      write(model, 'push');
      window.history.replaceState(OVER_LIST, '');
    },
    [write],
  );

  const close = useCallback(
    (by: ClosedBy) => {
      // Going back comes later than this: with news on the way it could lead back from those.
      if (by === 'news' || window.history.state !== OVER_LIST) write(null, 'replace');
      else if (useView.getState().left !== settled.current) {
        useView.setState({ left: settled.current });
        window.history.back();
      }
    },
    [write],
  );

  return {
    query,
    setQuery,
    /** The model whose details are shown; null for none. */
    about: left === search ? null : about,
    /** Shows the details of a model; “back” closes them. */
    show,
    /** Closes the details. Where they were opened from the list, that is where the browser goes back to. */
    close,
  };
}
