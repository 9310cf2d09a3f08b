import type { WireRecord } from '../wire/read-field.js'

/**
 * Writes a row of `v2/observations` as Langfuse's blob storage integration does (read in the sources of 4.16: the columns of the store
 * in snake case, times of ClickHouse, metadata as a map of text, 64-bit integers and decimals as text).
 */
export function exportRow(row: WireRecord): Record<string, unknown> {
  const { latency: _, timeToFirstToken: __, model, isRootObservation: ___, ...others } = row
  const snake = Object.entries(others).map(([key, value]) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    /(?:Time|At)$/.test(key) && typeof value === 'string' ? value.replace('T', ' ').replace('Z', '000') : value,
  ])
  return {
    ...Object.fromEntries(snake),
    parent_observation_id: row.parentObservationId ?? '',
    provided_model_name: model ?? '',
    trace_name: row.traceName ?? '',
    latency: 7_000_000,
    metadata: textValues(row.metadata, (value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    usage_details: textValues(row.usageDetails, String),
    cost_details: textValues(row.costDetails, Number),
    total_cost: typeof row.totalCost !== 'number' ? null : String(row.totalCost),
    model_parameters: JSON.stringify(row.modelParameters ?? {}),
  }
}

function textValues(record: unknown, toValue: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, toValue(value)]))
}
