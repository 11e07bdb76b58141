import { QueryClient } from '@tanstack/react-query';

/** Local chains answer without a network, too; and what fails is told at once, with a button to try again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: 5_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
});
