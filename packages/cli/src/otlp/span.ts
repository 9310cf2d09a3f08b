/** What an attribute of OTLP may hold here. */
export type AttributeValue = string | number | boolean | readonly string[]

/** Attributes by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** Who made a span: the resource and the scope that OTLP says once for many spans. */
export interface SpanOrigin {
  readonly resource: Attributes
  readonly scopeName: string
  readonly scopeVersion?: string
  readonly scopeAttributes?: Attributes
}

/** A span that is to be sent. */
export interface Span {
  /** 32 hex digits. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly id: string
  readonly parentId?: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly startMillis: number
  readonly endMillis: number
  readonly attributes: Attributes
  readonly origin: SpanOrigin
}
