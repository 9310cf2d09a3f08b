import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LoaderError } from './loader-error.js'
import { Trace } from './model/trace.js'
import { summaryOfLegacy, traceOfLegacy } from './model/trace-of-legacy.js'
import { recordedBody, recordedRows, recordedScores } from './testing/recorded.fixture.js'
import { TraceCollection } from './trace-collection.js'
import { readLegacyTraceDetails } from './wire/legacy-trace.js'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axion-'))
  path = join(folder, 'traces.json')
})
afterEach(() => rm(folder, { recursive: true }))

const legacy = readLegacyTraceDetails(recordedBody('dual-direct/61_legacy_trace_by_id'))
const current = new Trace(recordedRows('03_v2_observations_all_fields'), {
  scores: recordedScores('19_v3_scores_all_fields'),
})
const collection = new TraceCollection([
  current,
  new Trace([recordedRows('03_v2_observations_all_fields')[2] ?? recordedRows('03_v2_observations_all_fields')[0]], {
    summary: true,
  }),
  traceOfLegacy(legacy),
  traceOfLegacy({
    ...legacy,
    observations: [],
    trace: { ...legacy.trace, raw: { ...legacy.trace.raw, observations: [] } },
  }),
  summaryOfLegacy(legacy.trace, legacy.scores),
])

/** Everything that can be seen of a trace. */
function seen(trace: Trace): unknown {
  const { input, output, raw: _, ...rest } = { ...trace, input: trace.input, output: trace.output, raw: undefined }
  return {
    ...{ input, output, rest: JSON.parse(JSON.stringify({ ...rest, observations: [], roots: [], root: null })) },
    tree: [...trace.walk()].map((one) => [one.id, one.placement, one.parent?.id, one.input, one.output, one.scores]),
    observations: trace.observations.map(({ id }) => id),
  }
}

describe('saveJson() and loadJson()', () => {
  it('loadJson() gives the traces that saveJson() was given, of every origin', async () => {
    expect(await collection.saveJson(path)).toBe(path)
    const loaded = await TraceCollection.loadJson(path)
    expect(loaded.map(seen)).toEqual(collection.map(seen))
    expect(JSON.stringify([...loaded])).toBe(JSON.stringify([...collection]))
    expect(loaded.slice(2, 3).toDataset().toRecords()).toEqual(collection.slice(2, 3).toDataset().toRecords())
    // A trace a line, for those who look.
    expect((await readFile(path, 'utf8')).split('\n').length).toBe(collection.length + 3)
  })

  it('loadJson() of an empty collection is empty', async () => {
    await new TraceCollection().saveJson(path)
    expect((await TraceCollection.loadJson(path)).length).toBe(0)
  })

  it.each<[string, string, string]>([
    ['no JSON', 'x', 'it was not written by saveJson'],
    ['a cut file', '{"format":"axion-traces","version":1,"traces":[{"or', 'or not to its end'],
    ['something else', '{"traces":[]}', 'it was not written by saveJson'],
    ['a later version', '{"format":"axion-traces","version":2,"traces":[]}', 'its version is 2'],
    [
      'no rows',
      '{"format":"axion-traces","version":1,"traces":[{"origin":"observations","scores":[],"rows":[]}]}',
      'traces[0].rows[0] should be an object',
    ],
    [
      'an unknown origin',
      '{"format":"axion-traces","version":1,"traces":[{"origin":"x","scores":[],"rows":[]}]}',
      'traces[0].origin should be one of',
    ],
    [
      'a wrong score',
      '{"format":"axion-traces","version":1,"traces":[{"origin":"export","scores":[7],"rows":[]}]}',
      'traces[0].scores[0] should be an object',
    ],
  ])('loadJson() refuses %s', async (_, text, message) => {
    await writeFile(path, text)
    const error = await TraceCollection.loadJson(path).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(LoaderError)
    expect(error).toMatchObject({ code: 'invalid_file', path, message: expect.stringContaining(message) })
  })

  it('loadJson() reports a file that is not there', async () => {
    await expect(TraceCollection.loadJson(path)).rejects.toMatchObject({ code: 'read_failed' })
  })
})

describe('filterBy()', () => {
  const ids = (query: Parameters<TraceCollection['filterBy']>[0]) => collection.filterBy(query).length
  it.each<[string, Parameters<TraceCollection['filterBy']>[0], number]>([
    ['nothing', {}, 5],
    ['name', { name: 'my-trace' }, 5],
    ['a pattern of the name', { name: /^my/g }, 5],
    ['another name', { name: 'other' }, 0],
    ['tags, all of them', { tags: ['tag-a', 'tag-b'] }, 5],
    ['a tag it has not', { tags: ['tag-a', 'x'] }, 0],
    ['user and session', { userId: 'user-1', sessionId: 'sess-1' }, 5],
    ['level', { level: 'ERROR' }, 2],
    ['a step', { step: 'LLM_call' }, 2],
    ['metadata', { metadata: { tier: 'gold' } }, 5],
    ['other metadata', { metadata: { tier: ['gold'] } }, 0],
    ['latency', { minLatencySeconds: 1.5, maxLatencySeconds: 1.5 }, 5],
    ['a lower latency', { maxLatencySeconds: 1 }, 0],
  ])('filterBy() by %s', (_, query, count) => expect(ids(query)).toBe(count))

  it('filterBy() refuses what does not exist', () => {
    // What JavaScript callers can do.
    expect(() => collection.filterBy({ nam: 'x' } as object)).toThrow('Invalid option nam: it does not exist')
    expect(() => collection.filterBy({ tags: 'x' as unknown as string[] })).toThrow('Invalid option tags')
  })
})
