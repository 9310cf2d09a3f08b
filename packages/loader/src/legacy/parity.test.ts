import { afterEach, describe, expect, it } from 'vitest'
import type { Trace } from '../model/trace.js'
import { recordedBody } from '../testing/recorded.fixture.js'
import { type Rig, startLoader } from '../testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

const ID = '638bf89c3fa042cf3438fb13d41b9cc3'

// Recorded from one Langfuse 4.16 server in mode dual_direct, which tells of the same trace in both ways.
const CURRENT: Readonly<Record<string, string>> = {
  'v2/observations': 'dual-direct/03_v2_observations_all_fields',
  'v3/scores': 'dual-direct/19_v3_scores_all_fields',
}
const LEGACY: Readonly<Record<string, string>> = {
  traces: 'dual-direct/60_legacy_traces_list',
  [`traces/${ID}`]: 'dual-direct/61_legacy_trace_by_id',
  'sessions/sess-1': 'dual-direct/63_legacy_session_by_id',
  'v2/scores': 'dual-direct/22_v2_scores',
}

async function replay(answers: Readonly<Record<string, string>>): Promise<Rig> {
  const rig = await startLoader({}, {}, ({ pathname }) => {
    const name = answers[pathname.replace('/api/public/', '')]
    return name === undefined ? [404, { message: 'Not found' }] : [200, recordedBody(name)]
  })
  open.push(rig)
  return rig
}

/** What both generations tell of a trace; a set of scores and of tags has no order. */
function essence(trace: Trace): unknown {
  const { id, name, input, output, tags, metadata, userId, sessionId, environment, release, version } = trace
  const { timestamp, latencySeconds, totalCostUsd, usage, level, statusMessage } = trace
  return {
    ...{ id, name, input, output, metadata, userId, sessionId, environment, release, version },
    ...{ timestamp, latencySeconds, totalCostUsd, usage, level, statusMessage, tags: [...tags].sort() },
    steps: trace.stepNames,
    scores: trace.scores.map((score) => [score.name, score.value, score.dataType, score.comment]).sort(),
    tree: [...trace.walk()].map((observation) => ({
      ...{ id: observation.id, parent: observation.parent?.id, placement: observation.placement },
      ...{ type: observation.type, name: observation.name, level: observation.level },
      ...{ start: observation.startTime, end: observation.endTime, latency: observation.latencySeconds },
      ...{ firstToken: observation.timeToFirstTokenSeconds, statusMessage: observation.statusMessage },
      ...{ input: observation.input, output: observation.output, model: observation.model },
      ...{ parameters: observation.modelParameters, usage: observation.usage, cost: observation.cost },
      ...{ total: observation.totalCostUsd, scores: observation.scores.map(({ id: of }) => of) },
    })),
  }
}

describe('both generations of the read API', () => {
  it('fetchTrace() makes the same trace of both', async () => {
    const current = await (await replay(CURRENT)).loader.fetchTrace(ID, { fetchScores: true })
    const legacy = await (await replay(LEGACY)).loader.fetchTrace(ID, { fetchScores: true })
    expect(current.observations.length).toBe(3)
    expect(current.scores.length).toBe(5)
    expect(essence(legacy)).toEqual(essence(current))
    // The only thing they tell differently: version 3 knows of a prompt only where the project has one of that name.
    expect([current, legacy].map((trace) => trace.find({ type: 'GENERATION' })?.prompt?.name)).toEqual([
      'my-prompt',
      undefined,
    ])
    // Metadata keeps its two parts apart: what the program set, and what Langfuse added.
    const added = (trace: Trace): string[] =>
      Object.keys(trace.root.metadata).filter((key) => /^(scope|resource)/.test(key))
    expect(added(legacy)).toEqual(expect.arrayContaining(added(current)))
  })

  it('toDataset() makes the same items of both', async () => {
    const items = await Promise.all(
      [CURRENT, LEGACY].map(async (answers) => {
        const { loader } = await replay(answers)
        const session = await loader.fetchTraces({ traceIds: [ID] })
        return session.toDataset().items.map((item) => JSON.parse(JSON.stringify(item)))
      }),
    )
    expect(items[0]?.length).toBe(1)
    expect(items[1]).toEqual(items[0])
  })

  it('fetchScores() reads the same scores of both', async () => {
    const [current, legacy] = await Promise.all(
      [CURRENT, LEGACY].map(async (answers) => (await replay(answers)).loader.fetchScores({ traceIds: [ID] })),
    )
    const essential = (scores: typeof current) => scores?.map(({ name, value, dataType }) => [name, value, dataType])
    expect(essential(legacy)).toEqual(essential(current))
  })

  it('fetchSession() and summaries read the recorded lists', async () => {
    const { loader } = await replay(LEGACY)
    expect((await loader.fetchSession('sess-1')).traces.map(({ id }) => id)).toEqual([ID])
    const summaries = await loader.fetchTraces({ fetchFullTraces: false, limit: 2, fromTimestamp: '2026-11-01' })
    expect(summaries.map(({ name, tags, userId }) => [name, tags, userId])).toEqual([
      ['legacy-trace', ['x'], 'lu'],
      ['asroot', [], null],
    ])
  })
})
