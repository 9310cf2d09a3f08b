import { readFileSync } from 'node:fs'
import { type ObservationRow, readObservationV2 } from '../wire/observation-v2.js'
import { readPage } from '../wire/page.js'
import { readScoreV3, type Score } from '../wire/score-v3.js'

interface Exchange {
  readonly request: { readonly url: string }
  readonly response: { readonly body: unknown }
}

function readExchange(name: string): Exchange {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'))
}

/** The body of a recorded answer; see `fixtures/README.md`. */
export function recordedBody(name: string): unknown {
  return readExchange(name).response.body
}

/** What the recorded request asked for. */
export function recordedUrl(name: string): URL {
  return new URL(readExchange(name).request.url, 'http://recorded')
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
