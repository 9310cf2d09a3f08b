import { Trace } from '../model/trace.js'
import { readObservationV2 } from '../wire/observation-v2.js'
import type { StoredRow } from './stored-rows.fixture.js'

/** A trace of these rows, as if they had come over the wire. */
export function traceOf(...rows: readonly StoredRow[]): Trace {
  const [first, ...rest] = rows.map((row) => readObservationV2({ type: 'SPAN', ...row }, 'row'))
  if (first === undefined) throw new Error('no rows')
  return new Trace([first, ...rest])
}
