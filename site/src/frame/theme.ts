/** Light or dark: as the system has it, unless the visitor chose. */
import { useSyncExternalStore } from 'react';
import { recall, remember } from '../wallet/memory';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';
const listeners = new Set<() => void>();

export function theme(): Theme {
  const kept = recall(KEY);
  return THEMES.find((one) => one === kept) ?? 'system';
}

export function useTheme(): Theme {
  return useSyncExternalStore((onChange) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  }, theme);
}

export function setTheme(chosen: Theme): void {
  remember(KEY, chosen === 'system' ? undefined : chosen);
  applyTheme();
  for (const onChange of listeners) onChange();
}

/** The style sheets go by `data-theme` of the document. */
export function applyTheme(): void {
  const chosen = theme();
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
}
