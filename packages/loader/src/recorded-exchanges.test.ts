import { afterEach, describe, expect, it } from 'vitest'
import { type Fault, sendJson } from './testing/langfuse-server.fixture.js'
import { recordedBody, recordedUrl } from './testing/recorded.fixture.js'
import { type Rig, startLoader } from './testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

/** A server that gives recorded answers, one after the other. */
async function replay(...names: string[]): Promise<Rig> {
  const rig = await startLoader({})
  open.push(rig)
  const answer =
    (name: string): Fault =>
    (_, response) => {
      sendJson(response, 200, name === 'empty' ? { data: [], meta: {} } : recordedBody(name))
      return true
    }
  rig.server.faults.push(...names.map(answer))
  return rig
}

describe('recorded exchanges', () => {
  it('fetchTrace() asks as the recorded request did, and reads its answer', async () => {
    const { loader, server } = await replay('03_v2_observations_all_fields')
    const trace = await loader.fetchTrace('982bac9497d68e07c091d2fe69ab4d03')
    expect([...trace.walk()].map(({ name, placement }) => [name, placement])).toEqual([
      ['root-span', 'root'],
      ['llm-call', 'child'],
      ['tool-call', 'child'],
    ])
    const recorded = recordedUrl('03_v2_observations_all_fields').searchParams
    const [sent] = server.requests
    expect(sent?.path).toBe('/api/public/v2/observations')
    for (const name of ['traceId', 'fields']) expect(sent?.query.get(name)).toBe(recorded.get(name))
  })

  it.each([
    ['05_v2_observations_sdk_json', '2abdc5904cdba8b49a2283f89ddf5c96', 'trace-json', ['outer-json', 'gen-json']],
    [
      '05_v2_observations_sdk_protobuf',
      '01643c118bdb52437aed6be0641c192a',
      'trace-proto',
      ['outer-proto', 'gen-proto'],
    ],
    [
      '54_v2_observations_of_experiment_trace',
      '70b7ad29f6f553fc5804e7bc8e839040',
      'experiment-item-run',
      ['experiment-item-run', 'inner'],
    ],
  ])('fetchTrace() reads %s', async (name, id, traceName, observations) => {
    const { loader } = await replay(name)
    const trace = await loader.fetchTrace(id)
    expect([trace.id, trace.name]).toEqual([id, traceName])
    expect([...trace.walk()].map((observation) => observation.name)).toEqual(observations)
  })

  it('fetchTrace() follows a recorded cursor through rows of one millisecond', async () => {
    const { loader, server } = await replay('06_v2_observations_page1', '06_v2_observations_page2', 'empty')
    const trace = await loader.fetchTrace('4915fdd3c2cfd4a29a9337a63d468ecb')
    expect(trace.observations.length).toBe(8)
    expect(new Set(trace.observations.map(({ startTime }) => startTime.toISOString()))).toEqual(
      new Set(['2026-11-23T04:07:58.522Z']),
    )
    const recorded = recordedUrl('06_v2_observations_page2').searchParams
    expect(server.requests.map(({ query }) => query.get('cursor'))).toEqual([
      null,
      recorded.get('cursor'),
      expect.any(String),
    ])
  })

  it('fetchScores() follows a recorded cursor', async () => {
    const { loader, server } = await replay('20_v3_scores_page1', '21_v3_scores_page2', 'empty')
    const scores = await loader.fetchScores({ traceIds: ['982bac9497d68e07c091d2fe69ab4d03'] })
    expect(scores.map(({ name, value }) => [name, value])).toEqual([
      ['batched', 0.5],
      ['note', 'some text'],
      ['safe', true],
      ['tone', 'polite'],
    ])
    expect(server.requests[1]?.query.get('cursor')).toBe(recordedUrl('21_v3_scores_page2').searchParams.get('cursor'))
  })

  it('fetchTrace() reads a generation of another SDK, and metadata of every type', async () => {
    const { loader } = await replay('81_v2_observations_gen_ai', '80_v2_observations_metadata_types')
    const generation = (await loader.fetchTrace('79d5110dee9fd2d4dbc8b56464b7a0a2')).root
    expect(generation).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-2024-08-06',
      usage: { input: 10, output: 5, total: 15 },
      totalCostUsd: 0.000075,
    })
    expect(generation.output).toEqual([{ role: 'assistant', content: 'yo' }])
    const { metadata } = await loader.fetchTrace('6d89daf1eb44ad91dba52bfbbac9187b')
    expect(metadata).toMatchObject({
      tm: 'z',
      'nested.key': 'nk',
      arr: ['x', 'y'],
      bool: false,
      num: 7,
      j: { a: [1] },
      n: null,
      t: true,
      s1: 1,
    })
    expect(Object.keys(metadata).filter((key) => /^(attributes|scope|resourceAttributes)\./.test(key))).toEqual([])
  })
})
