import { setTheme, THEMES, type Theme, useTheme } from './theme';

const WORDS: Readonly<Record<Theme, string>> = {
  system: 'Colours as the system has them',
  light: 'Light colours',
  dark: 'Dark colours',
};

/** One button that goes round: system, light, dark. */
export function ThemeSwitch() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <button
      type="button"
      className="icon-button"
      onClick={() => setTheme(next)}
      aria-label={`${WORDS[theme]}. Change to: ${WORDS[next]}`}
      title={WORDS[theme]}
    >
      <Picture theme={theme} />
    </button>
  );
}

function Picture({ theme }: { theme: Theme }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      {theme === 'light' ? (
        <>
          <circle cx="10" cy="10" r="3.4" />
          <path d="M10 2.2v1.6M10 16.2v1.6M2.2 10h1.6M16.2 10h1.6M4.5 4.5l1.1 1.1M14.4 14.4l1.1 1.1M4.5 15.5l1.1-1.1M14.4 5.6l1.1-1.1" />
        </>
      ) : theme === 'dark' ? (
        <path d="M16.5 12.1A7 7 0 0 1 7.9 3.5a7 7 0 1 0 8.6 8.6Z" />
      ) : (
        <>
          <circle cx="10" cy="10" r="6.6" />
          <path d="M10 3.4v13.2a6.6 6.6 0 0 0 0-13.2Z" fill="currentColor" />
        </>
      )}
    </svg>
  );
}
