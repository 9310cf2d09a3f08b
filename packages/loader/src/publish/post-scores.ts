import { readAnswer } from '../rest/read-answer.js'
import { isRecord, readRecord, wrongField } from '../wire/read-field.js'
import { MAX_PART_BYTES, packBatches } from './batches.js'
import type { LangfuseProject } from './langfuse-connection.js'
import type { ScoreEvent } from './score-event.js'

const PATH = '/api/public/ingestion'

/**
 * Sends score events in batches. Langfuse answers each event by itself.
 *
 * @param project - The project.
 * @param events - The events.
 * @returns Why Langfuse refused an event, by the event's id; it took the others.
 * @throws {LoaderError} Whatever goes wrong with a batch as a whole. What was sent before stays; sending it again changes nothing.
 */
export async function postScores(
  project: LangfuseProject,
  events: readonly ScoreEvent[],
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>()
  const encoded = events.map((event) => ({ part: event, json: JSON.stringify(event) }))
  const fitting = encoded.filter(({ part, json }) => {
    if (Buffer.byteLength(json) <= MAX_PART_BYTES) return true
    refused.set(part.id, 'the score is larger than the server takes: shorten its reason or metadata')
    return false
  })
  for (const [index, batch] of packBatches(fitting).entries()) {
    const purpose = { task: 'publish scores', subject: `batch ${index + 1}` }
    const json = `{"batch":[${batch.map((event) => event.json).join(',')}]}`
    const answer = await project.rest.post(PATH, { json }, purpose, project.call)
    for (const [id, reason] of readAnswer(purpose, PATH, () => readErrors(answer))) refused.set(id, reason)
  }
  return refused
}

function readErrors(answer: unknown): readonly (readonly [string, string])[] {
  const { errors } = readRecord(answer, 'the answer')
  if (!Array.isArray(errors)) throw wrongField('errors', 'a list', errors)
  return errors.map((value: unknown, index) => {
    const error = readRecord(value, `errors[${index}]`)
    return [String(error.id), reasonOf(error.message, error.error)] as const
  })
}

// `message` names the kind of problem, `error` says which: text, or a list of issues, or that list as text.
function reasonOf(message: unknown, error: unknown): string {
  const issues = typeof error === 'string' ? parsed(error) : error
  const details = Array.isArray(issues)
    ? issues.map((issue: unknown) => (isRecord(issue) ? String(issue.message) : String(issue))).join('; ')
    : typeof error === 'string'
      ? error
      : ''
  const text = [typeof message === 'string' ? message : 'refused', details].filter((part) => part !== '').join(': ')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
