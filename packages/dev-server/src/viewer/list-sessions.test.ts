import { describe, expect, it } from 'vitest'
import { span, startTestServer, type TestServer } from '../test-server.fixture.js'

const START = Date.parse('2026-11-23T04:00:00Z')

/** A trace of one span, so many seconds after the start. */
function turn(id: number, sessionId: string, seconds: number, attributes: Record<string, string> = {}): object {
  const at = START + seconds * 1000
  return span(
    {
      traceId: id.toString(16).padStart(32, '0'),
      spanId: id.toString(16).padStart(16, '0'),
      startTimeUnixNano: `${at}000000`,
      endTimeUnixNano: `${at + 500}000000`,
    },
    { 'session.id': sessionId, 'user.id': 'ada', 'langfuse.observation.input': `question ${id}`, ...attributes },
  )
}

async function seed(...spans: object[]): Promise<TestServer> {
  const server = await startTestServer()
  await server.ingest(...(spans as Record<string, unknown>[]))
  return server
}

async function ids(server: TestServer, query: string): Promise<string[]> {
  const { body } = await server.get(`/viewer/api/sessions?${query}`)
  return body.sessions.map(({ sessionId }: { sessionId: string }) => sessionId)
}

describe('listSessions()', () => {
  it('listSessions() sums up the traces of each, the one with the newest first', async () => {
    const usage = {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.usage_details': '{"total":10}',
      'langfuse.observation.cost_details': '{"total":0.5}',
    }
    const server = await seed(
      turn(1, 'a', 0, usage),
      turn(2, 'b', 1),
      turn(3, 'a', 60, { 'user.id': 'grace', 'langfuse.observation.level': 'ERROR', ...usage }),
      span({ traceId: 'none', spanId: 'none' }),
    )
    const { body } = await server.get('/viewer/api/sessions')
    expect(body.hasMore).toBe(false)
    expect(body.sessions).toMatchObject([
      {
        ...{
          sessionId: 'a',
          startMillis: START,
          newestMillis: START + 60_000,
          endMillis: START + 60_500,
          traceCount: 2,
        },
        ...{
          errorCount: 1,
          totalTokens: 20,
          totalCost: 1,
          userIds: ['ada', 'grace'],
          inputStart: 'question 1',
          scores: [],
        },
      },
      { sessionId: 'b', traceCount: 1, errorCount: 0, totalTokens: 0 },
    ])
  })

  it('listSessions() gives each session once, page by page', async () => {
    const server = await seed(...Array.from({ length: 250 }, (_, index) => turn(index + 1, `s${index % 125}`, index)))
    const seen: string[] = []
    for (let after = '', hasMore = true; hasMore; ) {
      const { body } = await server.get(`/viewer/api/sessions?${after}`)
      seen.push(...body.sessions.map(({ sessionId }: { sessionId: string }) => sessionId))
      const last = body.sessions.at(-1)
      after = String(new URLSearchParams({ after: last.newestMillis, afterSession: last.sessionId }))
      hasMore = body.hasMore
    }
    expect(seen).toEqual(Array.from({ length: 125 }, (_, index) => `s${124 - index}`))
  })

  it.each([
    ['q=CHAT', ['chat-2', 'chat-1']],
    ['q=grace', ['other']],
    ['q=%25', []],
    [`from=${START + 1000}`, ['other', 'chat-2']],
    [`to=${START + 1000}`, ['chat-1']],
    ['from=soon&to=&after=x', ['other', 'chat-2', 'chat-1']],
  ])('listSessions() reads ?%s', async (query, expected) => {
    const server = await seed(turn(1, 'chat-1', 0), turn(2, 'chat-2', 1), turn(3, 'other', 2, { 'user.id': 'grace' }))
    expect(await ids(server, query)).toEqual(expected)
  })
})

describe('showSession()', () => {
  it('showSession() gives turns in the order in which they were said, with scores and errors', async () => {
    const failed = { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.status_message': 'boom' }
    const server = await seed(
      turn(2, 'a/1 ?', 5, failed),
      turn(1, 'a/1 ?', 0, { 'langfuse.observation.output': 'answer' }),
    )
    await server.send('POST', '/api/public/scores', { sessionId: 'a/1 ?', name: 'solved', value: 1 })
    await server.send('POST', '/api/public/scores', {
      traceId: '1'.padStart(32, '0'),
      name: 'tone',
      value: 'kind',
      dataType: 'CATEGORICAL',
    })
    const { body } = await server.get(`/viewer/api/sessions/${encodeURIComponent('a/1 ?')}`)
    expect(body).toMatchObject({
      session: { sessionId: 'a/1 ?', traceCount: 2 },
      scores: [{ name: 'solved', value: 1 }],
      turns: [
        {
          input: 'question 1',
          output: 'answer',
          errorCount: 0,
          durationMillis: 500,
          scores: [{ name: 'tone', value: 'kind' }],
        },
        { input: 'question 2', output: '', errorCount: 1, statusMessage: 'boom', scores: [] },
      ],
      hasEarlier: false,
    })
    expect((await server.get('/viewer/api/sessions/unknown')).status).toBe(404)
  })

  it('showSession() reads a long conversation from its end', async () => {
    const server = await seed(...Array.from({ length: 120 }, (_, index) => turn(index + 1, 'long', index)))
    const first = (await server.get('/viewer/api/sessions/long')).body
    expect([first.turns.length, first.turns.at(-1).input, first.hasEarlier]).toEqual([50, 'question 120', true])
    const seen: string[] = []
    for (let body = first; ; ) {
      seen.unshift(...body.turns.map(({ input }: { input: string }) => input))
      if (!body.hasEarlier) break
      const query = new URLSearchParams({ before: body.turns[0].startMillis, beforeTrace: body.turns[0].traceId })
      body = (await server.get(`/viewer/api/sessions/long?${query}`)).body
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `question ${index + 1}`))
  })
})
