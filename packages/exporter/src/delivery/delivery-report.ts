/** What became of the spans that were to be sent, counted since tracing was configured. After a flush the numbers add up to all of them. */
export interface DeliveryReport {
  /** Spans the server has accepted. */
  readonly exported: number
  /** Spans the server refused, or did not take in time. */
  readonly failed: number
  /** Spans that never reached a request: more were waiting than the queue holds, or they ended after the shutdown. */
  readonly dropped: number
  /** Spans kept on disk for later. Always 0: there is no spool yet. */
  readonly spooled: number
  /** Spans that ended and still wait for one of the above. */
  readonly pending: number
}

/** The report of a pipeline that sends nothing. */
export const NOTHING_DELIVERED: DeliveryReport = { exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 }
