import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { create } from 'zustand';
import { addressOf, parseAddress } from '../address.ts';
import { EVERYTHING, type Query } from '../filter.ts';

/** After so long without a change the address is brought up to date, in ms: some browsers refuse many changes at once. */
const WRITE_MS = 300;

/** Kept while the page is open: whoever comes back from the bench finds the list as it was. */
const useView = create<{ readonly query: Query }>()(() => ({ query: EVERYTHING }));

function setQuery(query: Query): void {
  useView.setState({ query });
}

/** Shows another address of the library, as a new entry of the browser's history or in place of the present one. */
export type Navigate = (search: string, how: 'push' | 'replace') => void;

/**
 * What the library shows. An address that says something decides; one that says nothing leaves it as it was. What is
 * changed on the page is written back into the address.
 * @param search the part of the address behind “?”.
 */
export function useLibraryView(search: string, navigate: Navigate) {
  const query = useView((view) => view.query);
  const { query: said, about } = useMemo(() => parseAddress(search), [search]);
  /** The address that this page wrote, or took over, last. */
  const settled = useRef<string | null>(null);

  useLayoutEffect(() => {
    if (search === settled.current) return;
    settled.current = search;
    if (said) useView.setState({ query: said });
  }, [search, said]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const next = addressOf(query, about);
      if (next === search) return;
      settled.current = next;
      navigate(next, 'replace');
    }, WRITE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [query, about, search, navigate]);

  const show = useCallback(
    (model: string | null) => {
      const next = addressOf(useView.getState().query, model);
      settled.current = next;
      // “Back” closes the details; closing them otherwise must not lead on to the page before.
      navigate(next, model === null ? 'replace' : 'push');
    },
    [navigate],
  );

  return {
    query,
    setQuery,
    /** The model whose details are shown; null for none. */
    about,
    show,
  };
}
