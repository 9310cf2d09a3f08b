import { describe, expect, it } from 'vitest'
import { fromTrace } from '../dataset/from-trace.js'
import { loadTrace } from '../model/load-trace.js'
import { Trace } from '../model/trace.js'
import { summaryOfLegacy, traceOfLegacy } from '../model/trace-of-legacy.js'
import { tryEveryChange } from '../testing/changed-answers.fixture.js'
import { exportRow } from '../testing/export-row.fixture.js'
import { recordedBody, recordedRows, recordedScores } from '../testing/recorded.fixture.js'
import { readLegacyScore } from './legacy-score.js'
import { readLegacyTrace, readLegacyTraceDetails } from './legacy-trace.js'
import { readObservationExport } from './observation-export.js'
import { readPage } from './page.js'

/** Never a wrong trace: everything in it is there once and belongs to it, and it can be used and saved. */
function useTrace(trace: Trace): void {
  const walked = [...trace.walk()]
  expect(new Set(walked).size).toBe(walked.length)
  expect(walked.every((observation) => observation.traceId === trace.id)).toBe(true)
  expect(typeof fromTrace(trace).query).toBe('string')
  const loaded = loadTrace(JSON.parse(JSON.stringify(trace)), 'saved')
  expect([loaded.id, loaded.observations.length]).toEqual([trace.id, trace.observations.length])
}

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

describe('answers of Langfuse 3 and files with one wrong value', () => {
  it('readLegacyTraceDetails() gives a value or an invalid_response, wherever a trace is changed', () => {
    const { read, refused } = tryEveryChange(recordedBody('dual-direct/61_legacy_trace_by_id'), (body) =>
      useTrace(traceOfLegacy(readLegacyTraceDetails(throughJson(body)))),
    )
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('readLegacyTrace() gives a value or an invalid_response, wherever a list is changed', () => {
    const { read, refused } = tryEveryChange(recordedBody('dual-direct/60_legacy_traces_list'), (body) => {
      for (const trace of readPage(throughJson(body), readLegacyTrace).rows) useTrace(summaryOfLegacy(trace, []))
    })
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('readLegacyScore() gives a value or an invalid_response, wherever a list of scores is changed', () => {
    const { read, refused } = tryEveryChange(recordedBody('dual-direct/22_v2_scores'), (body) => {
      for (const { value } of readPage(throughJson(body), readLegacyScore).rows)
        expect(['number', 'boolean', 'string']).toContain(typeof value)
    })
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('readObservationExport() gives a value or an invalid_response, wherever a row is changed', () => {
    const rows = recordedRows('03_v2_observations_all_fields').map(({ raw }) => exportRow(raw))
    const { read, refused } = tryEveryChange(rows, (body) => {
      const list = throughJson(body)
      if (!Array.isArray(list)) return
      const [first, ...rest] = list.map((row: unknown) => readObservationExport(row, 'row'))
      if (first === undefined) return
      const own = rest.filter(({ traceId }) => traceId === first.traceId)
      useTrace(new Trace([first, ...own], { origin: 'export' }))
    })
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('loadTrace() gives a trace or an invalid_response, wherever a saved one is changed', () => {
    const rows = recordedRows('03_v2_observations_all_fields')
    const saved = throughJson(new Trace(rows, { scores: recordedScores('19_v3_scores_all_fields') }))
    const { read, refused } = tryEveryChange(saved, (body) => useTrace(loadTrace(throughJson(body), 'saved')))
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })
})
