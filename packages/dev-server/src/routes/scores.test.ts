import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const READ = '/api/public/v3/scores'

async function seed(): Promise<TestServer> {
  let now = Date.parse('2026-11-23T04:00:00.000Z')
  const server = await startTestServer({ clock: () => (now += 1000) })
  const scores = [
    {
      id: 'n',
      traceId: 't1',
      observationId: 'o1',
      name: 'accuracy',
      value: 0.9,
      environment: 'Prod',
      queueId: 'q',
      metadata: { a: 1 },
    },
    { id: 'b', traceId: 't1', name: 'safe', value: 0, dataType: 'BOOLEAN', metadata: 'text' },
    { id: 'c', traceId: 't2', name: 'tone', value: 'polite' },
    { id: 's', sessionId: 's1', name: 'session', value: 3 },
    { id: 'e', datasetRunId: 'r1', name: 'run', value: 4 },
    { id: 'k', traceId: 't2', name: 'ignored', value: 'better', dataType: 'CORRECTION' },
  ]
  for (const score of scores) expect((await server.send('POST', '/api/public/scores', score)).status).toBe(200)
  return server
}

const custom = (message: string): object => ({
  message: 'Invalid request data',
  error: [{ code: 'custom', path: [], message }],
})

describe('listScores()', () => {
  it.each([
    ['', ['k', 'e', 's', 'c', 'b', 'n']],
    ['traceId=t1', ['b', 'n']],
    ['traceId=t1,%20t2', ['k', 'c', 'b', 'n']],
    ['traceId=t1&observationId=o1', ['n']],
    ['traceId=', ['k', 'e', 's', 'c', 'b', 'n']],
    ['sessionId=s1', ['s']],
    ['experimentId=r1,r2', ['e']],
    ['id=n,c', ['c', 'n']],
    ['name=output', ['k']],
    ['source=api', ['k', 'e', 's', 'c', 'b', 'n']],
    ['source=EVAL', []],
    ['dataType=numeric,BOOLEAN', ['e', 's', 'b', 'n']],
    ['environment=prod', ['n']],
    ['configId=c', []],
    ['queueId=q', ['n']],
    ['authorUserId=x', []],
    ['dataType=NUMERIC&value=3,4', ['e', 's']],
    ['dataType=BOOLEAN&value=false', ['b']],
    ['dataType=CATEGORICAL&value=polite', ['c']],
    ['dataType=NUMERIC&valueMin=0.9&valueMax=3', ['s', 'n']],
    ['dataType=NUMERIC&valueMin=', ['e', 's', 'n']],
    ['fromTimestamp=2026-11-23T04:00:04Z&toTimestamp=2026-11-23T04:00:06Z', ['e', 's']],
    ['limit=2', ['k', 'e']],
    ["name=x' OR 1=1 --", []],
  ])('listScores() reads ?%s', async (query, ids) => {
    const server = await seed()
    const { body } = await server.get(`${READ}?${query}`)
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids)
  })

  it('listScores() gives each data type its value and each subject its shape', async () => {
    const server = await seed()
    const { body } = await server.get(`${READ}?fields=subject,details`)
    expect(
      body.data.map((score: Record<string, unknown>) => [score.dataType, score.value, score.subject, score.metadata]),
    ).toEqual([
      ['CORRECTION', 'better', { kind: 'trace', id: 't2' }, {}],
      ['NUMERIC', 4, { kind: 'experiment', id: 'r1' }, {}],
      ['NUMERIC', 3, { kind: 'session', id: 's1' }, {}],
      ['CATEGORICAL', 'polite', { kind: 'trace', id: 't2' }, {}],
      ['BOOLEAN', false, { kind: 'trace', id: 't1' }, { metadata: 'text' }],
      ['NUMERIC', 0.9, { kind: 'observation', id: 'o1', traceId: 't1' }, { a: 1 }],
    ])
  })

  it.each([
    [
      'foo=1',
      {
        message: 'Invalid request data',
        error: [{ code: 'unrecognized_keys', keys: ['foo'], path: [], message: 'Unrecognized key: "foo"' }],
      },
    ],
    [
      'limit=101',
      {
        message: 'Invalid request data',
        error: [
          {
            origin: 'number',
            code: 'too_big',
            maximum: 100,
            inclusive: true,
            path: ['limit'],
            message: 'Too big: expected number to be <=100',
          },
        ],
      },
    ],
    [
      'limit=0',
      {
        message: 'Invalid request data',
        error: [
          {
            origin: 'number',
            code: 'too_small',
            minimum: 1,
            inclusive: true,
            path: ['limit'],
            message: 'Too small: expected number to be >=1',
          },
        ],
      },
    ],
    [
      'limit=1.5',
      {
        message: 'Invalid request data',
        error: [
          {
            expected: 'int',
            format: 'safeint',
            code: 'invalid_type',
            path: ['limit'],
            message: 'Invalid input: expected int, received number',
          },
        ],
      },
    ],
    [
      'fields=core,all',
      {
        message: 'Invalid request data',
        error: [
          {
            code: 'invalid_value',
            values: ['core', 'details', 'subject', 'annotation'],
            path: ['fields', 1],
            message: 'Invalid option: expected one of "core"|"details"|"subject"|"annotation"',
          },
        ],
      },
    ],
    [
      'source=me',
      {
        message: 'Invalid request data',
        error: [
          { code: 'custom', path: ['source'], message: 'Invalid source value: "ME". Allowed: API, EVAL, ANNOTATION' },
        ],
      },
    ],
    ['cursor=%7B', { message: 'Invalid cursor format', error: 'InvalidRequestError' }],
    ['traceId=a&sessionId=b', custom('At most one of traceId, sessionId, experimentId may be specified')],
    ['observationId=a', custom('observationId filter requires traceId — observation IDs are scoped to a trace')],
    ['userId=a', custom('userId filter requires a trace JOIN and is not supported in v3 — use v2 or omit this filter')],
    ['value=1', custom('value filter requires a single dataType from: NUMERIC, BOOLEAN, CATEGORICAL')],
    [
      'value=x&dataType=NUMERIC',
      custom('value filter with dataType=NUMERIC requires each value to be a finite number (got "x")'),
    ],
    [
      'value=1&dataType=BOOLEAN',
      custom('value filter with dataType=BOOLEAN requires each value to be "true" or "false" (got "1")'),
    ],
    [
      'value=x&dataType=TEXT',
      custom('value filter requires dataType to be NUMERIC, BOOLEAN, or CATEGORICAL (got "TEXT")'),
    ],
    ['valueMin=1', custom('valueMin and valueMax require dataType=NUMERIC as a single value')],
  ])('listScores() refuses ?%s', async (query, expected) => {
    const server = await startTestServer()
    const { status, body } = await server.get(`${READ}?${query}`)
    expect([status, body]).toEqual([400, expected])
  })

  it('listScores() pages through scores of one millisecond', async () => {
    const server = await startTestServer({ clock: () => 1795406882480 })
    for (let index = 0; index < 7; index++)
      await server.send('POST', '/api/public/scores', { id: `id${index}`, traceId: 't', name: 'n', value: index })
    const seen: string[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { body } = await server.get(`${READ}?limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      cursor = body.meta.cursor
    }
    expect(seen).toEqual(['id6', 'id5', 'id4', 'id3', 'id2', 'id1', 'id0'])
  })
})

describe('createScore()', () => {
  const issue = (path: string[], rest: object): object => ({
    message: 'Invalid request data',
    error: [{ ...rest, path }],
  })

  it.each([
    [
      { name: 'n', value: true, traceId: 't', dataType: 'BOOLEAN' },
      issue(['value'], {
        expected: 'number',
        code: 'invalid_type',
        message: 'Invalid input: expected number, received boolean',
      }),
    ],
    [
      { name: '', value: 1, traceId: 't' },
      issue(['name'], {
        origin: 'string',
        code: 'too_small',
        minimum: 1,
        inclusive: true,
        message: 'Too small: expected string to have >=1 characters',
      }),
    ],
    [
      { value: 1, traceId: 't' },
      issue(['name'], {
        expected: 'string',
        code: 'invalid_type',
        message: 'Invalid input: expected string, received undefined',
      }),
    ],
    [
      { name: 'n', value: 'x'.repeat(501), traceId: 't', dataType: 'TEXT' },
      issue(['value'], {
        origin: 'string',
        code: 'too_big',
        maximum: 500,
        inclusive: true,
        message: 'Too big: expected string to have <=500 characters',
      }),
    ],
    [
      { name: 'n', value: 1, traceId: 't', source: 'ANNOTATION' },
      issue(['configId'], {
        code: 'custom',
        message: 'configId is required when source is ANNOTATION (except for CORRECTION scores).',
      }),
    ],
    [
      { name: 'n', value: 'x', sessionId: 's', dataType: 'CORRECTION' },
      {
        message:
          'CORRECTION scores cannot be associated with sessions. Please associate with a trace or observation instead.',
        error: 'InvalidRequestError',
      },
    ],
    [
      { name: 'n', value: 1, traceId: 't', source: 'EVAL' },
      issue(['source'], {
        code: 'invalid_value',
        values: ['API', 'ANNOTATION'],
        message: 'Invalid option: expected one of "API"|"ANNOTATION"',
      }),
    ],
    ['{', { message: 'Invalid JSON', error: 'InvalidRequestError' }],
    [
      'null',
      issue([], { expected: 'object', code: 'invalid_type', message: 'Invalid input: expected object, received null' }),
    ],
  ])('createScore() refuses %j', async (body, expected) => {
    const server = await startTestServer()
    const answer = await server.send('POST', '/api/public/scores', body)
    expect([answer.status, answer.body]).toEqual([400, expected])
  })

  it('createScore() replaces a score of the same id and keeps when it was created', async () => {
    let now = 1795406880000
    const server = await startTestServer({ clock: () => now })
    await server.send('POST', '/api/public/scores', { id: 'x', traceId: 't', name: 'n', value: 1 })
    now += 5000
    await server.send('POST', '/api/public/scores', { id: 'x', traceId: 't', name: 'n', value: 'two' })
    const { body } = await server.get(READ)
    expect(body.data).toMatchObject([
      {
        id: 'x',
        value: 'two',
        dataType: 'CATEGORICAL',
        createdAt: '2026-11-23T04:08:00.000Z',
        updatedAt: '2026-11-23T04:08:05.000Z',
      },
    ])
  })

  it('createScore() takes the public key alone, which opens nothing else', async () => {
    const server = await startTestServer()
    const bearer = { authorization: `Bearer ${server.publicKey}` }
    expect(
      (await server.send('POST', '/api/public/scores', { traceId: 't', name: 'n', value: 1 }, bearer)).status,
    ).toBe(200)
    const { status, body } = await server.get(READ, bearer)
    expect([status, body]).toEqual([403, { message: 'Access denied - insufficient permissions for this endpoint' }])
  })
})

describe('ingestBatch()', () => {
  it('ingestBatch() judges every event for itself', async () => {
    const server = await startTestServer()
    const event = (id: string, body: unknown): object => ({
      id,
      type: 'score-create',
      timestamp: '2026-11-23T04:08:16.074Z',
      body,
    })
    const batch = [
      event('good', { id: 's', traceId: 't', name: 'n', value: 1 }),
      event('bad', { traceId: 't', name: 'n' }),
      7,
      { id: 'x', type: 'span-create' },
    ]
    const { status, body } = await server.send('POST', '/api/public/ingestion', { batch })
    expect(status).toBe(207)
    expect(body.successes).toEqual([{ id: 'good', status: 201 }])
    expect(body.errors.map(({ id, message }: { id: string; message: string }) => [id, message])).toEqual([
      ['bad', 'Invalid request data'],
      ['unknown', 'Event type not accepted'],
      ['x', 'Event type not accepted'],
    ])
  })

  it.each([
    [{}, { message: 'Invalid request data', errors: ['Invalid input: expected array, received undefined'] }],
    [{ batch: 'x' }, { message: 'Invalid request data', errors: ['Invalid input: expected array, received string'] }],
  ])('ingestBatch() refuses %j', async (body, expected) => {
    const server = await startTestServer()
    const answer = await server.send('POST', '/api/public/ingestion', body)
    expect([answer.status, answer.body]).toEqual([400, expected])
  })
})
