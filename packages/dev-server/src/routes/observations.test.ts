import { describe, expect, it } from 'vitest'
import { ALL_FIELDS, span, startTestServer, type TestServer } from '../test-server.fixture.js'

/** Three observations that differ in every column: a root, a generation below it, and a failed tool of another trace. */
async function seed(): Promise<TestServer> {
  const server = await startTestServer()
  await server.ingest(
    span(
      {
        traceId: 't1',
        spanId: 'root',
        name: 'answer',
        startTimeUnixNano: '1795406880000000000',
        endTimeUnixNano: '1795406883000000000',
      },
      {
        'user.id': 'ada',
        'session.id': 's1',
        'langfuse.trace.tags': ['red', 'blue'],
        'langfuse.environment': 'prod',
        'langfuse.version': 'v1',
        'langfuse.release': 'r1',
        'langfuse.observation.input': 'What is UP?',
        'langfuse.observation.metadata.tier': 'gold',
        'langfuse.experiment.id': 'e1',
        'langfuse.experiment.name': 'run',
        'langfuse.experiment.dataset.id': 'd1',
        'langfuse.experiment.item.root_observation_id': 'root',
      },
    ),
    span(
      {
        traceId: 't1',
        spanId: 'gen',
        parentSpanId: 'root',
        name: 'llm',
        startTimeUnixNano: '1795406881000000000',
        endTimeUnixNano: '1795406883000000000',
      },
      {
        'user.id': 'ada',
        'langfuse.trace.name': 'named',
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.usage_details': '{"input":100,"output":40}',
        'langfuse.observation.output': '{"tool_calls":[{"function":{"name":"search"}}]}',
        'langfuse.observation.input': '{"messages":[],"tools":[{"type":"function","function":{"name":"search"}}]}',
        'langfuse.observation.completion_start_time': '2026-11-23T04:08:01.500Z',
        'langfuse.observation.prompt.name': 'p',
        'langfuse.observation.prompt.version': 3,
      },
    ),
    span(
      {
        traceId: 't2',
        spanId: 'tool',
        parentSpanId: 'lost',
        name: 'search',
        startTimeUnixNano: '1795406882000000000',
        endTimeUnixNano: '1795406882000000000',
      },
      {
        'langfuse.observation.type': 'tool',
        'langfuse.observation.level': 'ERROR',
        'langfuse.observation.status_message': 'boom',
        'langfuse.trace.tags': ['red'],
      },
    ),
  )
  return server
}

async function filtered(server: TestServer, ...conditions: Record<string, unknown>[]): Promise<string[]> {
  return (await server.observations({ filter: JSON.stringify(conditions) })).map(({ id }) => id)
}

describe('listObservations()', () => {
  it.each([
    [{}, ['tool', 'gen', 'root']],
    [{ traceId: 't1' }, ['gen', 'root']],
    [{ traceId: '' }, []],
    [{ name: 'llm' }, ['gen']],
    [{ userId: 'ada' }, ['gen', 'root']],
    [{ userId: '' }, ['tool']],
    [{ sessionId: 's1' }, ['root']],
    [{ type: 'TOOL' }, ['tool']],
    [{ level: 'ERROR' }, ['tool']],
    [{ environment: 'prod' }, ['root']],
    [{ environment: 'prod,default' }, ['tool', 'gen', 'root']],
    [{ version: 'v1' }, ['root']],
    [{ parentObservationId: 'root' }, ['gen']],
    [{ parentObservationId: '' }, ['root']],
    [{ isRootObservation: 'true' }, ['root']],
    [{ isRootObservation: 'false' }, ['tool', 'gen']],
    [{ fromStartTime: '2026-11-23T04:08:01.000Z' }, ['tool', 'gen']],
    [{ toStartTime: '2026-11-23T04:08:01.000Z' }, ['root']],
    [{ fromStartTime: '2026-11-23T05:08:01+01:00', toStartTime: '2026-11-23T04:08:02Z' }, ['gen']],
    [{ name: "llm' OR 1=1 --" }, []],
    [{ unknown: 'parameter' }, ['tool', 'gen', 'root']],
    [{ limit: '0' }, []],
  ])('listObservations() reads %j', async (query, ids) => {
    const server = await seed()
    expect((await server.observations(query)).map(({ id }) => id)).toEqual(ids)
  })

  it('listObservations() applies every column and operator of a filter', async () => {
    const server = await seed()
    const text = (column: string, operator: string, value: string): object => ({
      type: 'string',
      column,
      operator,
      value,
    })
    const list = (column: string, operator: string, value: string[]): object => ({
      type: 'stringOptions',
      column,
      operator,
      value,
    })
    const array = (column: string, operator: string, value: string[]): object => ({
      type: 'arrayOptions',
      column,
      operator,
      value,
    })
    const number = (column: string, operator: string, value: number): object => ({
      type: 'number',
      column,
      operator,
      value,
    })
    const boolean = (column: string, operator: string, value: boolean): object => ({
      type: 'boolean',
      column,
      operator,
      value,
    })
    const time = (column: string, operator: string, value: string): object => ({
      type: 'datetime',
      column,
      operator,
      value,
    })
    const meta = (operator: string, value: string, key = 'tier'): object => ({
      type: 'stringObject',
      column: 'metadata',
      key,
      operator,
      value,
    })
    const none = (column: string, operator: string): object => ({ type: 'null', column, operator, value: '' })
    const all = ['tool', 'gen', 'root']
    const rows: [object, string[]][] = [
      [text('name', '=', 'llm'), ['gen']],
      [text('name', 'contains', 'ar'), ['tool']],
      [text('name', 'contains', ''), all],
      [text('name', 'does not contain', 'ar'), ['gen', 'root']],
      [text('name', 'does not contain', ''), []],
      [text('name', 'starts with', 'an'), ['root']],
      [text('name', 'ends with', 'er'), ['root']],
      [text('name', 'ends with', ''), all],
      [text('name', 'contains', '%'), []],
      [text('Name', '=', 'llm'), ['gen']],
      [text('traceId', '=', 't2'), ['tool']],
      [text('userId', 'starts with', 'a'), ['gen', 'root']],
      [text('sessionId', '=', 's1'), ['root']],
      [text('version', '=', 'v1'), ['root']],
      [text('release', '=', ''), ['tool', 'gen']],
      [text('release', 'does not contain', 'x'), ['root']],
      [text('statusMessage', 'contains', 'oo'), ['tool']],
      [text('input', '=', 'What is UP?'), ['root']],
      [text('input', 'matches', 'is up'), ['root']],
      [text('output', 'matches', 'TOOL_CALLS'), ['gen']],
      [text('parentObservationId', '=', ''), ['root']],
      [list('id', 'any of', ['gen', 'tool']), ['tool', 'gen']],
      [list('id', 'none of', ['gen', 'tool']), ['root']],
      [list('traceId', 'any of', ['t1']), ['gen', 'root']],
      [list('type', 'any of', ['GENERATION']), ['gen']],
      [list('level', 'none of', ['DEFAULT']), ['tool']],
      [list('environment', 'any of', ['prod']), ['root']],
      [list('traceEnvironment', 'none of', ['prod']), ['tool', 'gen']],
      [list('traceName', 'any of', ['answer', 'named']), ['gen', 'root']],
      [list('traceName', 'none of', ['answer']), ['gen']],
      [list('parentObservationId', 'none of', ['lost']), ['gen']],
      [list('model', 'any of', ['gpt-4o']), ['gen']],
      [list('providedModelName', 'any of', ['', 'x']), ['tool', 'root']],
      [list('modelId', 'any of', ['b9854a5c92dc496b997d99d20']), ['gen']],
      [list('promptName', 'any of', ['p']), ['gen']],
      [list('experimentId', 'any of', ['e1']), ['root']],
      [list('experimentName', 'any of', ['run']), ['root']],
      [list('experimentDatasetId', 'any of', ['d1']), ['root']],
      [list('ingestionApiKey', 'any of', [server.publicKey]), all],
      [list('ingestionSdkName', 'any of', ['unknown']), all],
      [list('ingestionSdkVersion', 'none of', ['unknown']), []],
      [list('ingestionSource', 'any of', ['otel']), all],
      [list('evaluatorId', 'any of', ['x']), []],
      [list('ruleId', 'none of', ['x']), all],
      [array('tags', 'any of', ['blue', 'green']), ['root']],
      [array('traceTags', 'all of', ['red', 'blue']), ['root']],
      [array('Trace Tags', 'all of', []), all],
      [array('tags', 'none of', ['blue']), ['tool', 'gen']],
      [list('tags', 'any of', ['red']), ['tool', 'root']],
      [array('toolNames', 'any of', ['search']), ['gen']],
      [array('calledToolNames', 'any of', ['search']), ['gen']],
      [number('toolDefinitions', '>', 0), ['gen']],
      [number('toolCalls', '=', 1), ['gen']],
      [number('latency', '>=', 2), ['gen', 'root']],
      [number('Latency (s)', '=', 0), ['tool']],
      [number('timeToFirstToken', '=', 0.5), ['gen']],
      [number('tokensPerSecond', '=', 20), ['gen']],
      [number('inputTokens', '>', 50), ['gen']],
      [number('outputTokens', '<', 40), ['tool', 'root']],
      [number('totalTokens', '=', 140), ['gen']],
      [number('tokens', '<=', 140), ['gen']],
      [number('inputCost', '>', 0), ['gen']],
      [number('outputCost', '=', 0.0004), ['gen']],
      [number('totalCost', '=', 0.00065), ['gen']],
      [number('promptVersion', '=', 3), ['gen']],
      [boolean('isRootObservation', '=', true), ['root']],
      [boolean('isRootObservation', '<>', true), ['tool', 'gen']],
      [boolean('hasParentObservation', '=', true), ['tool', 'gen']],
      [boolean('hasInput', '=', false), ['tool']],
      [boolean('hasOutput', '=', true), ['gen']],
      [boolean('isExperimentItemRootSpan', '=', true), ['root']],
      [time('startTime', '>', '2026-11-23T04:08:01Z'), ['tool']],
      [time('startTime', '>=', '2026-11-23T04:08:01Z'), ['tool', 'gen']],
      [time('endTime', '<=', '2026-11-23T04:08:02Z'), ['tool']],
      [meta('=', 'gold'), ['root']],
      [meta('contains', 'ol'), ['root']],
      [meta('does not contain', 'x'), ['root']],
      [meta('starts with', 'go'), ['root']],
      [meta('ends with', 'ld'), ['root']],
      [meta('matches', 'GOLD'), ['root']],
      [meta('contains', '', 'no such key'), []],
      [none('release', 'is null'), ['tool', 'gen']],
      [none('parentObservationId', 'is not null'), ['tool', 'gen']],
      [none('traceName', 'is null'), ['tool']],
      [none('totalTokens', 'is not null'), ['gen']],
      [none('userId', 'is null'), []],
      [{ type: 'positionInTrace', column: 'startTime', operator: '=', key: 'root' }, all],
    ]
    const found = await Promise.all(
      rows.map(async ([condition]) => [condition, await filtered(server, { ...condition })]),
    )
    expect(found).toEqual(rows)
  })

  it('listObservations() lets a filter replace the plain parameter of its column, and keeps the others', async () => {
    const server = await seed()
    const filter = JSON.stringify([{ type: 'string', column: 'traceId', operator: '=', value: 't1' }])
    const read = async (query: Record<string, string>): Promise<string[]> =>
      (await server.observations({ filter, ...query })).map(({ id }) => id)
    expect(await read({ traceId: 't2' })).toEqual(['gen', 'root'])
    expect(await read({ name: 'llm' })).toEqual(['gen'])
  })

  it('listObservations() cuts metadata values at 200 characters unless they are asked for whole', async () => {
    const server = await startTestServer()
    const json = JSON.stringify({ text: 'x'.repeat(300) })
    await server.ingest(
      span({}, { 'langfuse.observation.metadata.long': '😀'.repeat(250), 'langfuse.observation.metadata.json': json }),
    )
    const read = async (query: Record<string, string>): Promise<{ long: string; json: unknown }> =>
      (await server.observations(query))[0].metadata
    const cut = await read({ fields: 'metadata' })
    expect(cut).toMatchObject({ long: '😀'.repeat(200), json: json.slice(0, 200) })
    for (const query of [{ fields: 'metadata', expandMetadata: 'long' }, { fields: 'metadata,io' }]) {
      expect(await read(query)).toMatchObject({ long: '😀'.repeat(250), json: { text: 'x'.repeat(300) } })
    }
    expect(await read({ fields: 'metadata', expandMetadata: ' , ' })).toEqual(cut)
  })

  it('listObservations() leaves groups out that were not asked for', async () => {
    const server = await seed()
    const core = [
      'endTime',
      'id',
      'inputPrice',
      'latency',
      'modelId',
      'outputPrice',
      'parentObservationId',
      'projectId',
      'startTime',
      'timeToFirstToken',
      'totalPrice',
      'traceId',
      'type',
    ]
    for (const fields of ['core', 'nonsense']) {
      const [row] = await server.observations({ fields })
      expect(Object.keys(row).sort()).toEqual(core)
    }
    const [row] = await server.observations({ fields: ALL_FIELDS, name: 'llm' })
    expect(row).toMatchObject({
      inputPrice: '0.0000025',
      outputPrice: '0.00001',
      totalPrice: null,
      timeToFirstToken: 0.5,
      traceName: 'named',
    })
  })

  it('listObservations() gives hostile text back unchanged', async () => {
    const server = await startTestServer()
    const hostile = '<script>\u2028"\'`$\\{x} \u0000 \ud800 🦊 DROP TABLE observations;--'
    await server.ingest(
      span(
        { name: hostile },
        {
          'langfuse.observation.input': hostile,
          ['__proto__']: 'x',
          'langfuse.observation.metadata.__proto__': 'y',
          'langfuse.observation.metadata.h': hostile,
        },
      ),
    )
    const [row] = await server.observations({ fields: 'basic,io,metadata' })
    // NUL and lone surrogates have no place in the database's text, nor in JSON from which queries take text.
    const stored = hostile.replace('\u0000', '\uFFFD').replace('\ud800', '\uFFFD')
    expect([row.name, row.input, row.metadata.h]).toEqual([stored, stored, stored])
    expect(Object.keys(row.metadata)).toEqual(expect.arrayContaining(['__proto__', 'attributes.__proto__']))
  })
})
