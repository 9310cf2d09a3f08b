import { describe, expect, it } from 'vitest'
import { fromTrace } from '../dataset/from-trace.js'
import { LoaderError } from '../loader-error.js'
import { Trace } from '../model/trace.js'
import { recordedBody } from '../testing/recorded.fixture.js'
import { readObservationV2 } from './observation-v2.js'
import { readPage } from './page.js'
import { readScoreV3 } from './score-v3.js'

// Whatever may stand where something else is expected: every JSON type, empty and large, and text that looks like something.
const STRANGE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  ' ',
  'x',
  'null',
  '7',
  '{"question":{"question":{}}}',
  '[[[[[[[[[[]]]]]]]]]]',
  '2026-11-23',
  '9999-99-99T99:99:99Z',
  'x'.repeat(10_000),
  [],
  [null],
  [[]],
  {},
  { a: { b: {} } },
  { toString: null, valueOf: 1, constructor: 'x' },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  undefined,
]

type Path = readonly (string | number)[]

/** Every place in a JSON value. */
function* placesOf(value: unknown, path: Path = []): Generator<Path> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

/** A copy with one place changed; `undefined` takes it away. */
function changed(value: unknown, path: Path, strange: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return strange
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? changed(item, rest, strange) : item))
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, inner]) => [key, key === step ? changed(inner, rest, strange) : inner]),
  )
}

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

/** How often each outcome came; anything but a value or a LoaderError is rethrown. */
function tryEveryChange(name: string, use: (body: unknown) => void): { read: number; refused: number } {
  const body = recordedBody(name)
  const outcomes = { read: 0, refused: 0 }
  for (const path of placesOf(body)) {
    for (const strange of STRANGE) {
      try {
        use(changed(body, path, strange))
        outcomes.read += 1
      } catch (error) {
        if (!(error instanceof LoaderError) || error.code !== 'invalid_response')
          throw new Error(`${path.join('.')} = ${JSON.stringify(strange)?.slice(0, 60)}`, { cause: error })
        outcomes.refused += 1
      }
    }
  }
  return outcomes
}

describe('answers with one wrong value', () => {
  it.each([
    '03_v2_observations_all_fields',
    '05_v2_observations_sdk_json',
    '54_v2_observations_of_experiment_trace',
    '80_v2_observations_metadata_types',
    '81_v2_observations_gen_ai',
  ])('readObservationV2() gives a value or an invalid_response, wherever %s is changed', (name) => {
    const { read, refused } = tryEveryChange(name, useObservations)
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })

  it('readScoreV3() gives a value or an invalid_response, wherever 19_v3_scores_all_fields is changed', () => {
    const { read, refused } = tryEveryChange('19_v3_scores_all_fields', useScores)
    expect(read).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(300)
  })
})
