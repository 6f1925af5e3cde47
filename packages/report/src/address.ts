import { EVERYTHING, FACETS, ORDERS, type Filter, type Order } from './filter';

/** Everything of the page that a link can hold. */
export interface View {
  readonly filter: Filter;
  readonly order: Order;
  /** From 1. */
  readonly page: number;
}

export const START: View = { filter: EVERYTHING, order: 'impact', page: 1 };

/** The fragment of an address that shows this view; empty for the view that the page starts with. */
export function toFragment({ filter, order, page }: View): string {
  const query = new URLSearchParams();
  if (filter.text !== '') query.set('text', filter.text);
  for (const facet of FACETS) {
    const value = filter.facets[facet];
    if (value !== undefined) query.set(facet, value);
  }
  if (order !== START.order) query.set('order', order);
  if (page !== 1) query.set('page', String(page));
  return query.toString();
}

/** Reads a fragment, with or without `#`; what it does not know it leaves out. */
export function fromFragment(fragment: string): View {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const facets = Object.fromEntries(
    FACETS.flatMap((facet) => {
      const value = query.get(facet);
      return value === null ? [] : [[facet, value]];
    }),
  );
  const page = Number(query.get('page') ?? '1');
  return {
    filter: { text: query.get('text') ?? '', facets },
    order: ORDERS.find((order) => order === query.get('order')) ?? START.order,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}
