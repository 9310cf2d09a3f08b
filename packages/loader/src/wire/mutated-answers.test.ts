import { describe, expect, it } from 'vitest'
import { fromTrace } from '../dataset/from-trace.js'
import { Trace } from '../model/trace.js'
import { tryEveryChange } from '../testing/changed-answers.fixture.js'
import { recordedBody } from '../testing/recorded.fixture.js'
import { readObservationV2 } from './observation-v2.js'
import { readPage } from './page.js'
import { readScoreV3 } from './score-v3.js'

function useObservations(body: unknown): void {
  const rows = readPage(JSON.parse(JSON.stringify(body) ?? 'null'), readObservationV2).rows
  for (const traceId of new Set(rows.map((row) => row.traceId))) {
    const [first, ...rest] = rows.filter((row) => row.traceId === traceId)
    if (first === undefined) continue
    const trace = new Trace([first, ...rest])
    // Never a wrong trace: everything in it is there once, and belongs to it.
    const walked = [...trace.walk()]
    expect(walked.length).toBe(trace.observations.length)
    expect(new Set(walked).size).toBe(walked.length)
    expect(walked.every((observation) => observation.traceId === traceId)).toBe(true)
    const item = fromTrace(trace)
    expect(typeof item.query).toBe('string')
    // No answer where there is no output, and only there.
    expect(item.actualOutput === null ? null : typeof item.actualOutput).toBe(trace.output === null ? null : 'string')
    JSON.stringify(item)
  }
}

function useScores(body: unknown): void {
  for (const score of readPage(JSON.parse(JSON.stringify(body) ?? 'null'), readScoreV3).rows)
    expect(['number', 'boolean', 'string']).toContain(typeof score.value)
}

describe('answers with one wrong value', () => {
  it.each([
    '03_v2_observations_all_fields',
    '05_v2_observations_sdk_json',
    '54_v2_observations_of_experiment_trace',
    '80_v2_observations_metadata_types',
    '81_v2_observations_gen_ai',
  ])('readObservationV2() gives a value or an invalid_response, wherever %s is changed', (name) => {
    const { read, refused } = tryEveryChange(recordedBody(name), useObservations)
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('readScoreV3() gives a value or an invalid_response, wherever 19_v3_scores_all_fields is changed', () => {
    const { read, refused } = tryEveryChange(recordedBody('19_v3_scores_all_fields'), useScores)
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })
})
