import { describe, expect, it } from 'vitest'
import { recordedRows, recordedScores } from '../testing/recorded.fixture.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'
import { readObservationV2 } from '../wire/observation-v2.js'
import { Trace } from './trace.js'

function traceOf(...rows: StoredRow[]): Trace {
  const [first, ...rest] = rows.map((row) => readObservationV2({ type: 'SPAN', ...row }, 'row'))
  if (first === undefined) throw new Error('no rows')
  return new Trace([first, ...rest])
}

describe('Trace', () => {
  it('Trace() puts a recorded trace together', () => {
    const trace = new Trace(recordedRows('03_v2_observations_all_fields'), {
      scores: recordedScores('19_v3_scores_all_fields'),
    })
    expect(trace).toMatchObject({
      id: '982bac9497d68e07c091d2fe69ab4d03',
      name: 'my-trace',
      userId: 'user-1',
      sessionId: 'sess-1',
      environment: 'e2e',
      release: 'v1.2.3',
      version: 'ver-9',
      tags: ['tag-a', 'tag-b'],
      timestamp: new Date('2026-11-23T04:08:02.480Z'),
      latencySeconds: 1.5,
      totalCostUsd: 0.003,
      usage: { input: 11, output: 7, total: 18 },
      level: 'ERROR',
      statusMessage: 'boom',
      isSummary: false,
    })
    expect([trace.input, trace.output]).toEqual([{ q: 'hello?' }, { a: 'world' }])
    expect(Object.keys(trace.metadata)).toEqual(['tier', 'long', 'k1'])
    expect(String(trace.metadata.long).length).toBeGreaterThan(200)
    expect(trace.observations.map(({ name }) => name)).toEqual(['root-span', 'llm-call', 'tool-call'])
    expect([...trace.walk()].map(({ name }) => name)).toEqual(['root-span', 'llm-call', 'tool-call'])
    expect(trace.raw[0]?.metadata).toMatchObject({ 'scope.name': 'probe-scope' })
    expect(trace.scores.length).toBe(5)
    expect(trace.find({ type: 'generation' })?.scores.map(({ name }) => name)).toEqual(['accuracy'])
  })

  it('Trace() finds observations and steps', () => {
    const trace = traceOf(
      rootRow('t', 0),
      childRow('t', 'a', 't-root', 1, { name: 'playAnalysis', type: 'GENERATION' }),
      childRow('t', 'b', 't-root', 2, { name: 'search docs', type: 'RETRIEVER' }),
      childRow('t', 'c', 't-root', 3, { name: 'playAnalysis', type: 'GENERATION' }),
      childRow('t', 'd', 't-root', 4, { name: '' }),
    )
    expect(trace.stepNames).toEqual(['root', 'playAnalysis', 'search docs'])
    expect(trace.step('play_analysis')?.observations.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(trace.step('Search-Docs')?.first.id).toBe('b')
    expect(trace.step('playAnalysis')?.last.id).toBe('c')
    expect([trace.step('missing'), trace.step('---'), trace.step('')]).toEqual([undefined, undefined, undefined])
    expect(trace.find({ name: 'playAnalysis' })?.id).toBe('a')
    expect(trace.findAll({ name: /play/g, type: 'GENERATION' }).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(trace.find({ name: 'playAnalysis', type: 'TOOL' })).toBeUndefined()
    expect(trace.byType('retriever').map(({ id }) => id)).toEqual(['b'])
    expect(trace.byType('unheard-of')).toEqual([])
  })

  it('Trace() takes the oldest true root of several, and what it lacks from others', () => {
    const trace = traceOf(
      childRow('t', 'early-orphan', 'gone', -5),
      rootRow('t', 10, { id: 'second', tags: ['b'], userId: 'u', input: '"two"' }),
      rootRow('t', 0, { id: 'first', tags: ['a'], userId: '', input: '"one"' }),
    )
    expect(trace.root.id).toBe('first')
    expect(trace.input).toBe('one')
    expect(trace.userId).toBe('u')
    expect(trace.tags).toEqual(['a', 'b'])
    expect(trace.roots.map(({ id, placement }) => [id, placement])).toEqual([
      ['early-orphan', 'orphan'],
      ['first', 'root'],
      ['second', 'root'],
    ])
  })

  it('Trace() stands on an orphan when there is no root', () => {
    const trace = traceOf(childRow('t', 'b', 'gone', 5), childRow('t', 'a', 'gone', 1, { name: 'lost' }))
    expect([trace.root.id, trace.root.placement, trace.name]).toEqual(['a', 'orphan', 'lost'])
  })

  it('Trace() counts a span that was sent twice once, as it was last', () => {
    const sent = (updatedAt: string, name: string): StoredRow => rootRow('t', 0, { updatedAt, name, totalCost: 1 })
    const rows = [sent('2026-11-20T12:00:02.000Z', 'later'), sent('2026-11-20T12:00:01.000Z', 'earlier')]
    for (const order of [rows, rows.toReversed()]) {
      const trace = traceOf(...order)
      expect([trace.observations.length, trace.root.name, trace.totalCostUsd]).toEqual([1, 'later', 1])
    }
  })

  it('Trace() has no latency while nothing has ended, and the span of all observations else', () => {
    expect(traceOf(rootRow('t', 0, { endTime: null })).latencySeconds).toBeNull()
    expect(traceOf(rootRow('t', 0), childRow('t', 'late', 't-root', 5000)).latencySeconds).toBe(5.01)
  })

  it('Trace() is as bad as its worst observation, with the message of the root if it is as bad', () => {
    const bad = childRow('t', 'a', 't-root', 1, { level: 'ERROR', statusMessage: 'child' })
    expect(traceOf(rootRow('t', 0, { level: 'WARNING', statusMessage: 'hm' }), bad)).toMatchObject({
      level: 'ERROR',
      statusMessage: 'child',
    })
    expect(traceOf(rootRow('t', 0, { level: 'ERROR', statusMessage: 'root' }), bad)).toMatchObject({
      level: 'ERROR',
      statusMessage: 'root',
    })
    expect(traceOf(rootRow('t', 0))).toMatchObject({ level: 'DEFAULT', statusMessage: null })
    expect(traceOf(rootRow('t', 0, { level: 'DEBUG' }))).toMatchObject({ level: 'DEBUG' })
  })

  it('Trace() of a summary has the root and no observations', () => {
    const row = readObservationV2({ type: 'SPAN', latency: 1, ...rootRow('t', 0) }, 'row')
    const trace = new Trace([row], { summary: true })
    expect(trace).toMatchObject({ observations: [], totalCostUsd: null, usage: {}, latencySeconds: 1, isSummary: true })
    expect(trace.root.id).toBe('t-root')
    expect(trace.stepNames).toEqual([])
  })
})
