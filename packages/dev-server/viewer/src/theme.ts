import { signal } from '@preact/signals'

/** What the reader chose; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'axion-theme'
const THEMES: readonly Theme[] = ['system', 'light', 'dark']

/** The theme the reader chose. */
export const theme = signal<Theme>(storedTheme())

/** Puts the chosen theme onto the document, where the style sheet looks for it. */
export function applyTheme(): void {
  if (theme.value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme.value
}

/** Goes on to the next theme and remembers it. */
export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
  applyTheme()
  try {
    localStorage.setItem(KEY, theme.value)
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY)
    return THEMES.find((each) => each === stored) ?? 'system'
  } catch {
    return 'system'
  }
}
