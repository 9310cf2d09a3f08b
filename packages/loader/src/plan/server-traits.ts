/** What a loader has learnt about its server. */
export interface ServerTraits {
  /**
   * Whether `traceId` can be filtered by a list of ids. Langfuse 4.16 takes one, although it documents `traceId` as plain text;
   * a server that does not, or for which they are too heavy, is asked trace by trace.
   */
  traceIdLists: 'unknown' | 'yes' | 'no'
}

/** @returns Traits of a server nothing is known about. */
export function unknownServer(): ServerTraits {
  return { traceIdLists: 'unknown' }
}
