import { type ReadonlySignal, signal } from '@preact/signals'

/** As in the style sheets. */
const QUERY = '(max-width: 760px)'

/** Whether the window is a phone's. */
export const isNarrow: ReadonlySignal<boolean> = follow()

function follow(): ReadonlySignal<boolean> {
  const media = matchMedia(QUERY)
  const matches = signal(media.matches)
  media.addEventListener('change', () => {
    matches.value = media.matches
  })
  return matches
}
