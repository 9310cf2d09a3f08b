import type { TimedScore } from '../send/post-scores.js'
import type { Row } from './read-rows.js'
import { toScore } from './to-score.js'

/** What a file of scores holds. */
export interface ScoreFile {
  readonly scores: readonly TimedScore[]
  /** What is wrong, line by line. Nothing is to be sent while there is anything. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[]
}

/**
 * Checks every row of a file of scores.
 *
 * @param rows - The rows.
 * @param nowMillis - When scores without a time of their own were given.
 * @returns The scores in their order, and what is wrong.
 */
export function readScores(rows: readonly Row[], nowMillis: number): ScoreFile {
  const scores: TimedScore[] = []
  const problems: { line: number; reason: string }[] = []
  const lineOf = new Map<string, number>()
  for (const row of rows) {
    const reading = row.kind === 'row' ? toScore(row.fields) : { kind: 'wrong' as const, reason: row.reason }
    if (reading.kind === 'wrong') {
      problems.push({ line: row.line, reason: reading.reason })
      continue
    }
    const former = lineOf.get(reading.score.id)
    // Of two the server would keep one without a word.
    if (former !== undefined) {
      const reason = `it is the same score as line ${former}: give each an id of its own`
      problems.push({ line: row.line, reason })
      continue
    }
    lineOf.set(reading.score.id, row.line)
    scores.push({ score: reading.score, timestampMillis: reading.timestampMillis ?? nowMillis })
  }
  return { scores, problems }
}
