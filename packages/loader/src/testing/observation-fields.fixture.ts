import type { StoredRow } from './stored-rows.fixture.js'

// What each value of `fields` stands for.
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  core: ['id', 'traceId', 'startTime', 'endTime', 'projectId', 'parentObservationId', 'type'],
  basic: [
    'name',
    'level',
    'statusMessage',
    'version',
    'environment',
    'userId',
    'sessionId',
    'isRootObservation',
    'bookmarked',
    'public',
  ],
  time: ['completionStartTime', 'createdAt', 'updatedAt'],
  io: ['input', 'output'],
  metadata: ['metadata'],
  model: ['model', 'internalModelId', 'modelParameters'],
  usage: ['usageDetails', 'costDetails', 'totalCost'],
  prompt: ['promptId', 'promptName', 'promptVersion'],
  metrics: ['latency', 'timeToFirstToken'],
  trace_context: ['tags', 'release', 'traceName'],
}

/** A row as it is answered: the fields of these groups, with the defaults of 4.16 for what it does not have. */
export function project(row: StoredRow, groups: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {
    modelId: null,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    latency: null,
    timeToFirstToken: null,
  }
  for (const group of groups) for (const field of GROUPS[group] ?? []) result[field] = row[field] ?? defaultOf(field)
  // Alone, metadata comes from the table that keeps 200 characters of each value. The tests write objects there, as the wire has them.
  if (groups.includes('metadata') && !groups.includes('io'))
    result.metadata = cut(result.metadata as Record<string, unknown>)
  return result
}

function cut(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 200) : value]),
  )
}

function defaultOf(field: string): unknown {
  if (['metadata', 'usageDetails', 'costDetails', 'modelParameters'].includes(field)) return {}
  if (['userId', 'sessionId', 'version', 'release', 'model', 'promptName', 'statusMessage'].includes(field)) return ''
  if (field === 'type') return 'SPAN'
  if (field === 'level') return 'DEFAULT'
  if (field === 'tags') return []
  return field === 'isRootObservation' ? false : null
}
