import { type Consent, MAX_CONSENTS, type State } from './schema';

type ConsentedAccount = Consent['accounts'][number];

/** What the origin may see, or nothing. The origin is compared character by character. */
export function consentOf(state: State, origin: string): Consent | undefined {
  return state.consents.find((consent) => consent.origin === origin);
}

/** Replaces what the origin may see. No accounts means no consent. */
export function withConsent(
  state: State,
  origin: string,
  accounts: readonly ConsentedAccount[],
  now: number,
): State {
  const others = state.consents.filter((consent) => consent.origin !== origin);
  if (accounts.length === 0) {
    return others.length === state.consents.length ? state : { ...state, consents: others };
  }
  const consent: Consent = {
    origin,
    accounts: accounts.map(({ chain, address }) => ({ chain, address })),
    since: now,
  };
  // The oldest gives way, so that connecting can never fail for good.
  return { ...state, consents: [...others.slice(-(MAX_CONSENTS - 1)), consent] };
}
