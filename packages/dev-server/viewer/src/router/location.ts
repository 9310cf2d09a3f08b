import { signal } from '@preact/signals'

/** Where the reader is. */
export interface Place {
  readonly path: string
  readonly params: URLSearchParams
}

/** The current place. Read it in a component, and the component follows. */
export const place = signal<Place>(read())

/**
 * Goes to an address of the viewer.
 *
 * @param address Path and query.
 * @param how `replace` for what is no step back to: a filter being typed, the selected step.
 */
export function go(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  place.value = read()
}

/** Makes links to pages of the viewer change the page without loading the document again. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    place.value = read()
  })
  addEventListener('click', (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!isPlain || event.defaultPrevented || link === null || link.target !== '' || link.hasAttribute('download'))
      return
    if (link.origin !== location.origin || link.pathname.startsWith('/viewer/')) return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}

/**
 * The address with some query parameters changed.
 *
 * @param from The place to start from.
 * @param changes New values by name; an empty list takes the parameter away.
 * @returns Path and query.
 */
export function withParams(from: Place, changes: Readonly<Record<string, readonly string[]>>): string {
  const params = new URLSearchParams(from.params)
  for (const [name, values] of Object.entries(changes)) {
    params.delete(name)
    for (const value of values) params.append(name, value)
  }
  const query = params.toString()
  return from.path + (query === '' ? '' : `?${query}`)
}

function read(): Place {
  return { path: location.pathname, params: new URLSearchParams(location.search) }
}
