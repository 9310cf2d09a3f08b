import type { VNode } from 'preact'
import { ALL_PAGES } from './pages/all-pages.js'
import { place } from './router/location.js'
import { isLive } from './server/live.js'
import { ShortcutsDialog, showsHelp } from './shortcuts-dialog.js'
import { nextTheme, theme } from './theme.js'
import { useShortcuts } from './use-shortcuts.js'

/** The frame around every page, and the page of the current address in it. */
export function App(): VNode {
  const { path } = place.value
  const page = ALL_PAGES.find(({ pattern }) => pattern.test(path))
  const id = decoded(page?.pattern.exec(path)?.[1] ?? '')
  useShortcuts({
    '?': () => {
      showsHelp.value = true
    },
  })
  return (
    <>
      <a class="skip-link" href="#content">
        Skip to content
      </a>
      <header class="topbar">
        <a class="brand" href="/">
          Axion
        </a>
        <nav aria-label="Pages">
          {ALL_PAGES.map(({ navigation }) =>
            navigation === undefined ? null : (
              <a key={navigation.address} href={navigation.address} aria-current={isAt(path, navigation.address)}>
                {navigation.label}
              </a>
            ),
          )}
        </nav>
        <span class="live" data-live={isLive.value} role="status">
          {isLive.value ? 'Live' : ''}
        </span>
        <button
          type="button"
          class="quiet"
          onClick={nextTheme}
          title="Change the theme"
          aria-label={`Theme: ${theme.value}`}
        >
          {THEME_SIGNS[theme.value]}
        </button>
        <button
          type="button"
          class="quiet"
          title="Keyboard shortcuts"
          aria-label="Keyboard shortcuts"
          onClick={() => {
            showsHelp.value = true
          }}
        >
          ?
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {page === undefined ? <NoPage /> : <page.component key={page.pattern.source} id={id} />}
      </main>
      {showsHelp.value && <ShortcutsDialog />}
    </>
  )
}

const THEME_SIGNS = { system: '◐', light: '○', dark: '●' } as const

function isAt(path: string, address: string): 'page' | undefined {
  const isHere = address === '/' ? path === '/' || path.startsWith('/traces/') : path.startsWith(address)
  return isHere ? 'page' : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function NoPage(): VNode {
  return (
    <section class="message">
      <h1>No such page</h1>
      <p>
        <a href="/">All traces</a>
      </p>
    </section>
  )
}
