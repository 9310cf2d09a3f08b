/** What became of the spans that were to be sent, counted since tracing was configured. At any moment the numbers add up to all of them. */
export interface DeliveryReport {
  /** Spans the server has accepted. */
  readonly exported: number
  /** Spans the server refused, or had not taken at the shutdown. */
  readonly failed: number
  /** Spans that never reached a request; `stats().droppedBy` says why. */
  readonly dropped: number
  /** Spans that wait on disk, for this process or the next one. */
  readonly spooled: number
  /** Spans that wait in memory or are on their way. */
  readonly pending: number
}

/** The report of a pipeline that sends nothing. */
export const NOTHING_DELIVERED: DeliveryReport = { exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 0 }

/**
 * The five columns alone.
 *
 * @param report - What has more.
 */
export function toDeliveryReport({ exported, failed, dropped, spooled, pending }: DeliveryReport): DeliveryReport {
  return { exported, failed, dropped, spooled, pending }
}
