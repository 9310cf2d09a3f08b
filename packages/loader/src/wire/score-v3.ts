import {
  readOptionalRecord,
  readOptionalText,
  readRecord,
  readText,
  readTime,
  type WireRecord,
  wrongField,
} from './read-field.js'
import { readDataType, readScoreValue, type ScoreDataType } from './score-value.js'

/** What is asked of `GET /api/public/v3/scores`; without `subject` a score does not say what it belongs to. */
export const SCORE_FIELDS = 'core,details,subject'

/** A judgement that was passed on a trace, an observation, a session or an experiment. */
export interface Score {
  readonly id: string
  readonly name: string
  readonly dataType: ScoreDataType
  /** A number, a boolean or a string, as `dataType` says. */
  readonly value: number | boolean | string
  /** Who made it: `API`, `EVAL` or `ANNOTATION`. */
  readonly source: string
  readonly timestamp: Date
  readonly environment: string | null
  /** Why the value is what it is. */
  readonly comment: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  /** The trace it belongs to, or the trace of its observation where the server says so. */
  readonly traceId: string | null
  /** The observation it belongs to, if it is not about the whole trace. */
  readonly observationId: string | null
  /** The session it belongs to. */
  readonly sessionId: string | null
  /** The experiment run it belongs to. */
  readonly experimentId: string | null
}

/**
 * Checks one row of `GET /api/public/v3/scores`.
 *
 * @param value - The row.
 * @param at - Where it stands in the answer, for messages.
 * @returns The score.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readScoreV3(value: unknown, at: string): Score {
  const row = readRecord(value, at)
  const dataType = readDataType(row, at)
  return {
    id: readText(row, 'id', at),
    name: readText(row, 'name', at),
    dataType,
    value: readScoreValue(row.value, dataType, at),
    source: readText(row, 'source', at),
    timestamp: readTime(row, 'timestamp', at),
    environment: readOptionalText(row, 'environment', at),
    comment: readOptionalText(row, 'comment', at),
    metadata: readOptionalRecord(row, 'metadata', at),
    ...readSubject(row, at),
  }
}

type ScoreSubject = Pick<Score, 'traceId' | 'observationId' | 'sessionId' | 'experimentId'>

function readSubject(row: WireRecord, at: string): ScoreSubject {
  const none: ScoreSubject = { traceId: null, observationId: null, sessionId: null, experimentId: null }
  if (row.subject === undefined || row.subject === null) return none
  const subject = readRecord(row.subject, `${at}.subject`)
  const id = readText(subject, 'id', `${at}.subject`)
  switch (subject.kind) {
    case 'trace':
      return { ...none, traceId: id }
    case 'observation':
      return { ...none, observationId: id, traceId: readOptionalText(subject, 'traceId', `${at}.subject`) }
    case 'session':
      return { ...none, sessionId: id }
    case 'experiment':
      return { ...none, experimentId: id }
    default:
      throw wrongField(`${at}.subject.kind`, 'trace, observation, session or experiment', subject.kind)
  }
}
