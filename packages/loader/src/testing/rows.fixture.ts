import type { StoredRow } from './stored-rows.fixture.js'

/** The instant that the fixtures count from. */
export const T0: number = Date.parse('2026-11-20T12:00:00.000Z')

/** An instant so many milliseconds after {@link T0}, as the wire writes it. */
export function at(millis: number): string {
  return new Date(T0 + millis).toISOString()
}

/** A root observation. */
export function rootRow(traceId: string, millis: number, fields: Record<string, unknown> = {}): StoredRow {
  const times = { startTime: at(millis), endTime: at(millis + 1000) }
  return {
    id: `${traceId}-root`,
    traceId,
    ...times,
    parentObservationId: null,
    isRootObservation: true,
    name: 'root',
    traceName: 'rag-query',
    ...fields,
  }
}

/** An observation under another one. */
export function childRow(
  traceId: string,
  id: string,
  parent: string,
  millis: number,
  fields: Record<string, unknown> = {},
): StoredRow {
  return {
    id,
    traceId,
    startTime: at(millis),
    endTime: at(millis + 10),
    parentObservationId: parent,
    isRootObservation: false,
    name: id,
    ...fields,
  }
}
