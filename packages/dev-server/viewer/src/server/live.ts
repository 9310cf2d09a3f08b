import { signal } from '@preact/signals'

/** Whether the page hears of changes at the moment. */
export const isLive = signal(false)

type Listener = (traceIds: readonly string[]) => void

const listeners = new Set<Listener>()
let source: EventSource | undefined

/**
 * Listens to changes of traces. One connection serves the whole page; it ends with the last listener.
 *
 * @param listener Gets the ids of the traces that changed; none when there were too many to name.
 * @returns How to stop.
 */
export function onTracesChange(listener: Listener): () => void {
  listeners.add(listener)
  source ??= connect()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    source?.close()
    source = undefined
    isLive.value = false
  }
}

function connect(): EventSource {
  const events = new EventSource('/viewer/api/live')
  let wasLost = false
  events.addEventListener('hello', () => {
    isLive.value = true
    // What happened while nobody listened.
    if (wasLost) tell([])
    wasLost = false
  })
  events.addEventListener('traces', ({ data }) => tell((JSON.parse(String(data)) as { traceIds: string[] }).traceIds))
  events.addEventListener('error', () => {
    isLive.value = false
    wasLost = true
  })
  return events
}

function tell(traceIds: readonly string[]): void {
  for (const listener of listeners) listener(traceIds)
}
