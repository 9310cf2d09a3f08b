import type { Context } from '@opentelemetry/api'
import type { TraceFields } from './trace-fields.js'

/** How fields of a trace travel between services as W3C baggage. Not part of what everybody loads: `@axion/core/baggage` plugs it in. */
export interface FieldBaggage {
  /** Gives a context the fields that came in with a request. */
  readonly read: (at: Context) => Context
  /** Puts fields that were set on a context just now into its baggage if they are to travel, and takes the old ones out if not. */
  readonly write: (at: Context, fields: TraceFields, isAsked: boolean) => Context
  /** Keeps true what baggage says of whose trace it is, in the context of a span that has begun. */
  readonly claim: (at: Context, traceId: string) => Context
}
