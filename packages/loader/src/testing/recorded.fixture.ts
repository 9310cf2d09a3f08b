import { readFileSync } from 'node:fs'
import { type ObservationRow, readObservationV2 } from '../wire/observation-v2.js'
import { readPage } from '../wire/page.js'
import { readScoreV3, type Score } from '../wire/score-v3.js'

/** The body of a recorded answer; see `fixtures/README.md`. */
export function recordedBody(name: string): unknown {
  const exchange: { response: { body: unknown } } = JSON.parse(
    readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'),
  )
  return exchange.response.body
}

/** The observations of a recorded answer. */
export function recordedRows(name: string): [ObservationRow, ...ObservationRow[]] {
  const [first, ...rest] = readPage(recordedBody(name), readObservationV2).rows
  if (first === undefined) throw new Error(`${name} holds no rows`)
  return [first, ...rest]
}

/** The scores of a recorded answer. */
export function recordedScores(name: string): readonly Score[] {
  return readPage(recordedBody(name), readScoreV3).rows
}
