import { writeFields } from './context-fields.js'
import { processSlot } from './process-slot.js'
import { readBaggage } from './read-baggage.js'
import { claimTrace, writeBaggage } from './write-baggage.js'

/**
 * Lets the fields of a trace travel between services as W3C baggage, for the whole process: those that come in with a request stand on its spans,
 * and `withTraceContext({ …, baggage: true })` sends its own along. Without it nothing is read from baggage and nothing is written to it.
 *
 * It needs an OpenTelemetry propagator of baggage, as `configureTracing` sets one up.
 */
export function enableBaggage(): void {
  processSlot().baggage = {
    read: readBaggage,
    write: (at, fields, isAsked) => writeBaggage(writeFields(readBaggage(at), fields), fields, isAsked),
    claim: claimTrace,
  }
}
