import { describe, expect, it } from 'vitest'
import type { Observation } from '../../model/observation.js'
import type { Store } from '../store.js'
import { STORE_ADAPTERS } from '../store-adapters.fixture.js'
import { observation, score } from '../stored-rows.fixture.js'
import type { TraceColumns } from './trace-columns.js'
import type { TraceFilter } from './trace-filter.js'

const ALL: TraceFilter = { names: [], tags: [], sessionIds: [], userIds: [], environments: [], scores: [] }

function listed(store: Store, filter: Partial<TraceFilter> = {}): string[] {
  return store.viewer.findTraceRows({ filter: { ...ALL, ...filter }, limit: 100 }).map(({ traceId }) => traceId)
}

function child(fields: Partial<Observation>): Observation {
  return observation({
    isRoot: false,
    traceName: null,
    tags: [],
    userId: '',
    sessionId: '',
    level: 'DEFAULT',
    ...fields,
  })
}

describe.each(STORE_ADAPTERS)('%s keeps the contract of ViewerStore', (_name, open) => {
  it('findTraceRows() sums up what came in one batch and in many', () => {
    const spans = [
      child({ id: 'b', startTimeMillis: 900, endTimeMillis: 1100, level: 'ERROR', tags: ['c'] }),
      observation({ id: 'a', startTimeMillis: 1000, name: 'root', input: 'question', type: 'AGENT' }),
      child({ id: 'c', startTimeMillis: 1200, endTimeMillis: 5000, userId: 'z', tags: ['a'] }),
    ]
    const [together, apart] = [open(), open()]
    together.putObservations(spans)
    for (const span of spans) {
      apart.putObservations([span])
      apart.viewer.findTraceRows({ filter: ALL, limit: 1 })
    }
    const [row] = together.viewer.findTraceRows({ filter: ALL, limit: 10 })
    expect(row).toMatchObject({
      ...{ traceId: 't1', name: 'trace', type: 'AGENT', startMillis: 900, durationMillis: 4100, observationCount: 3 },
      ...{ errorCount: 1, warningCount: 1, totalTokens: 3, userId: 'user', sessionId: 'session', environment: 'prod' },
      ...{ inputStart: 'question', outputStart: 'out', scores: [] },
    })
    expect(row?.tags.toSorted()).toEqual(['a', 'b', 'c'])
    const [other] = apart.viewer.findTraceRows({ filter: ALL, limit: 10 })
    expect({ ...other, tags: other?.tags.toSorted() }).toEqual({ ...row, tags: row?.tags.toSorted() })
  })

  it('findTraceRows() counts an observation once that was sent again', () => {
    const store = open()
    store.putObservations([observation({ id: 'a', level: 'ERROR' }), child({ id: 'b' })])
    expect(listed(store)).toEqual(['t1'])
    store.putObservations([observation({ id: 'a', level: 'DEFAULT', traceName: 'renamed' })])
    expect(store.viewer.findTraceRow('t1')).toMatchObject({ observationCount: 2, errorCount: 0, name: 'renamed' })
  })

  it('findTraceRows() forgets a trace that was deleted, and does not miss what takes its place', () => {
    const store = open()
    store.putObservations([
      observation({ traceId: 'old', input: 'unicorn' }),
      observation({ traceId: 'gone', input: 'unicorn' }),
    ])
    expect(listed(store)).toEqual(['old', 'gone'])
    store.deleteTrace('gone')
    expect(listed(store)).toEqual(['old'])
    store.putObservations([observation({ traceId: 'new', input: 'dragon' })])
    expect(listed(store)).toEqual(['old', 'new'])
    expect(listed(store, { text: 'dragon' })).toEqual(['new'])
    expect(listed(store, { text: 'unicorn' })).toEqual(['old'])
    expect(store.viewer.findTraceRow('gone')).toBeUndefined()
  })

  const FILTERS: [string, Partial<TraceFilter>, string[]][] = [
    ['nothing', {}, ['c', 'b', 'a']],
    ['a start', { fromMillis: 2000 }, ['c', 'b']],
    ['an end', { toMillis: 2000 }, ['a']],
    ['a name', { names: ['alpha'] }, ['a']],
    ['names', { names: ['alpha', 'beta'] }, ['b', 'a']],
    ['tags, all of them', { tags: ['x', 'y'] }, ['b']],
    ['a session', { sessionIds: ['s'] }, ['c', 'b']],
    ['a user', { userIds: ['ada'] }, ['a']],
    ['an environment', { environments: ['dev'] }, ['b']],
    ['errors', { level: 'ERROR' }, ['c']],
    ['warnings or worse', { level: 'WARNING' }, ['c', 'b']],
    ['a score', { scores: [{ name: 'quality' }] }, ['b', 'a']],
    ['a low score', { scores: [{ name: 'quality', comparison: { operator: '<=', value: 0.5 } }] }, ['a']],
    ['a score in words', { scores: [{ name: 'tone', comparison: { operator: '=', value: 'rude' } }] }, ['c']],
    ['the zero of a score in words', { scores: [{ name: 'tone', comparison: { operator: '<=', value: 0 } }] }, []],
    ['words in any order', { text: 'policy refund' }, ['c', 'a']],
    ['a phrase', { text: '"refund policy"' }, ['a']],
    ['the beginning of a word', { text: 'unic' }, ['b']],
    ['an id', { text: 'b' }, ['b']],
    ['a part of a name', { text: 'ALPH' }, ['a']],
    ['several at once', { sessionIds: ['s'], level: 'WARNING', text: 'unicorn' }, ['b']],
    ['what nobody has', { userIds: ["' OR 1=1 --"] }, []],
  ]

  it.each(FILTERS)('findTraceRows() filters by %s', (_, filter, expected) => {
    const store = open()
    const level = 'DEFAULT'
    store.putObservations([
      observation({
        traceId: 'a',
        traceName: 'alpha',
        tags: ['x'],
        userId: 'ada',
        sessionId: '',
        level,
        input: 'our refund policy',
      }),
      observation({
        traceId: 'b',
        traceName: 'beta',
        startTimeMillis: 2000,
        tags: ['y', 'x'],
        sessionId: 's',
        environment: 'dev',
        output: 'Unicorn!',
      }),
      observation({
        traceId: 'c',
        traceName: 'gamma',
        startTimeMillis: 3000,
        tags: [],
        sessionId: 's',
        level: 'ERROR',
        input: 'policy; no refund',
      }),
    ])
    store.putScores([
      score({ id: '1', traceId: 'a', name: 'quality', value: 0.2, dataType: 'NUMERIC' }),
      score({ id: '2', traceId: 'b', name: 'quality', value: 0.9, dataType: 'NUMERIC', observationId: 'o1' }),
      score({ id: '3', traceId: 'c', name: 'tone', value: 0, dataType: 'CATEGORICAL', stringValue: 'rude' }),
    ])
    expect(listed(store, filter)).toEqual(expected)
  })

  it.each<[string, string, boolean]>([
    ['refund', 'Our REFUND policy.', true],
    ['REFUND', 'our refund policy', true],
    ['fund', 'our refund policy', false],
    ['refu', 'our refund policy', true],
    ['refu ', 'our refund policy', false],
    ['"our refund"', 'our refund policy', true],
    ['"our policy"', 'our refund policy', false],
    ['"our refund"', '{"text":"our\\n refund"}', false],
    ['"our refund"', 'our: refund!', true],
    ['cafe', 'at the Café', true],
    ['café', 'at the cafe', true],
    ['gpt-4o', 'asked gpt 4o', true],
    ['gpt-4o', 'asked 4o gpt', false],
    ['日本', '日本語', true],
    ['12 refund', 'refund 12', true],
    ['refund missing', 'refund', false],
    ['50%', '50 %', true],
    ["' OR 1=1 --", 'refund', false],
    ['refund"', 'refund', true],
    ['😀', 'refund 😀', false],
  ])('findTraceRows() searches for %j in %j once it is indexed: %s', async (text, input, isFound) => {
    const store = open()
    store.putObservations([observation({ traceName: 'n', input, output: '' })])
    await expect.poll(() => store.viewer.countUnindexed(), { timeout: 5000 }).toBe(0)
    expect(listed(store, { text })).toEqual(isFound ? ['t1'] : [])
  })

  it('findTraceRows() pages through traces that began at the same time', () => {
    const store = open()
    store.putObservations(Array.from({ length: 25 }, (_, index) => observation({ traceId: `t${index}` })))
    const seen: string[] = []
    for (let page = store.viewer.findTraceRows({ filter: ALL, limit: 10 }); page.length > 0; ) {
      seen.push(...page.map(({ traceId }) => traceId))
      page = store.viewer.findTraceRows({ filter: ALL, limit: 10, after: page.at(-1) })
    }
    expect(new Set(seen).size).toBe(25)
    expect(seen).toHaveLength(25)
  })

  it('findNeighbours() stays within the filter', () => {
    const store = open()
    for (const [index, name] of ['x', 'y', 'x', 'x'].entries()) {
      store.putObservations([observation({ traceId: `t${index}`, traceName: name, startTimeMillis: 1000 + index })])
    }
    const at = { startMillis: 1002, traceId: 't2' }
    expect(store.viewer.findTraceRow('t2')).toBeDefined()
    expect(store.viewer.findNeighbours(at, ALL)).toEqual({ newer: 't3', older: 't1' })
    expect(store.viewer.findNeighbours(at, { ...ALL, names: ['x'] })).toEqual({ newer: 't3', older: 't0' })
    expect(store.viewer.findNeighbours(at, { ...ALL, names: ['y'] })).toEqual({ newer: undefined, older: 't1' })
  })

  it('readVolume() counts traces and those with errors, with no more buckets than asked for', () => {
    const store = open()
    const at = (startTimeMillis: number, level: Observation['level']): Observation =>
      observation({ traceId: `t${startTimeMillis}`, startTimeMillis, level })
    store.putObservations([at(60_000, 'DEFAULT'), at(61_000, 'ERROR'), at(600_000, 'DEFAULT')])
    expect(listed(store)).toHaveLength(3)
    const volume = store.viewer.readVolume(ALL, 12)
    expect(volume).toEqual({
      ...{ fromMillis: 60_000, bucketMillis: 60_000 },
      counts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      errorCounts: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(store.viewer.readVolume({ ...ALL, names: ['nobody'] }, 12).counts).toEqual([])
    expect(store.viewer.readFacets()).toMatchObject({ names: ['trace'], tags: ['a', 'b'], userIds: ['user'] })
  })

  it('readTraceColumns() gives every observation of the trace, oldest first', () => {
    const store = open()
    store.putObservations([
      child({ id: 'b', parentObservationId: 'a', startTimeMillis: 1500 }),
      observation({ id: 'a' }),
    ])
    const columns: TraceColumns = JSON.parse(store.viewer.readTraceColumns('t1'))
    expect(columns).toEqual({
      ...{ ids: ['a', 'b'], parentIds: ['', 'a'], startOffsetsMillis: [0, 500], durationsMillis: [1000, 500] },
      ...{ types: ['GENERATION', 'GENERATION'], names: ['name', 'name'], levels: ['WARNING', ''], models: ['m', 'm'] },
      ...{ totalTokens: [1, 1], totalCosts: [1e-12, 1e-12], firstTokenMillis: [500, 0] },
    })
  })

  it('onChange() tells of new observations, of scores and of deletes, until it is told to stop', async () => {
    const store = open()
    const told: string[] = []
    const stop = store.viewer.onChange(({ traceIds }) => told.push(traceIds.join()))
    store.putObservations([observation()])
    await expect.poll(() => told).toEqual(['t1'])
    store.putScores([score({ traceId: 't9' }), score({ id: 's2', traceId: null })])
    expect(told).toEqual(['t1', 't9'])
    store.deleteTrace('t1')
    await expect.poll(() => told).toEqual(['t1', 't9', 't1'])
    stop()
    store.putScores([score({ traceId: 't9' })])
    expect(told).toHaveLength(3)
  })
})
