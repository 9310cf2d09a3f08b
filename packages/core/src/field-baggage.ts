import type { Context } from '@opentelemetry/api'
import type { TraceFields } from './trace-fields.js'

/** How fields of a trace travel between services as W3C baggage. Not part of what everybody loads: `@axion/core/baggage` plugs it in. */
export interface FieldBaggage {
  /** Gives a context the fields that came in with a request. */
  readonly read: (at: Context) => Context
  /** Sets fields on a context and, if they are to travel, in its baggage; if not, takes those out that they replace. */
  readonly write: (at: Context, fields: TraceFields, isAsked: boolean) => Context
  /** Keeps true what baggage says of whose trace it is, in the context of a span that has begun. */
  readonly claim: (at: Context, traceId: string) => Context
}
