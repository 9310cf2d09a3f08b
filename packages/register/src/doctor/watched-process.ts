import type { PatchRecord } from '../modules/patch-record.js'
import type { DoctorEvent, NotLoaded, ProcessEnd, ProcessStart, SpanCount, TestSpan } from './doctor-event.js'

/** All that is known of a process that ran under the probe. */
export interface WatchedProcess {
  readonly start: ProcessStart
  readonly patches: readonly PatchRecord[]
  /** Spans that started; without `end`, each kind counts as one. */
  readonly spans: readonly SpanCount[]
  /** Requests of clients by npm package; without `end`, each client's count as one. */
  readonly requests: Readonly<Record<string, number>>
  readonly notLoaded: readonly NotLoaded[]
  readonly testSpan?: TestSpan
  /** Undefined if the process was killed, or still runs. */
  readonly end?: ProcessEnd
}

/**
 * Puts the events of a process together.
 *
 * @param events - In their order.
 * @returns `undefined` if the hook was not there: nothing else is known then.
 */
export function toWatchedProcess(events: readonly DoctorEvent[]): WatchedProcess | undefined {
  const of = <Kind extends DoctorEvent['kind']>(kind: Kind): Extract<DoctorEvent, { kind: Kind }>[] =>
    events.filter((event): event is Extract<DoctorEvent, { kind: Kind }> => event.kind === kind)
  const [start] = of('start')
  const end = of('end').at(-1)
  const [testSpan] = of('test_span')
  if (!start) return undefined
  return {
    start,
    patches: of('patch').map(({ record }) => record),
    spans: end?.spans ?? of('span').map(({ scope, name }) => ({ scope, name, count: 1 })),
    requests: end?.requests ?? Object.fromEntries(of('request').map(({ library }) => [library, 1])),
    notLoaded: of('not_loaded'),
    ...(testSpan && { testSpan }),
    ...(end && { end }),
  }
}
