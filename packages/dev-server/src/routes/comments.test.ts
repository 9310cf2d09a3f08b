import { describe, expect, it } from 'vitest'
import { span, startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/comments'
const [TRACE, OTHER, OBSERVATION] = [
  '0af7651916cd43dd8448eb211c80319c',
  'ffffffffffffffffffffffffffffffff',
  'b7ad6b7169203331',
]
const comment = { projectId: 'any', objectType: 'TRACE', objectId: TRACE, content: 'hello' }
const ingested = [span({}, { 'session.id': 's' }), span({ traceId: OTHER })]

describe('createComment(), listComments() and showComment()', () => {
  it('listComments() lists what was written about a thing, the newest first, in pages', async () => {
    let now = 0
    const server = await startTestServer({ clock: () => ++now })
    await server.ingest(...ingested)
    for (const fields of [
      {},
      { content: 'second', authorUserId: 'ada' },
      { objectId: OTHER },
      { objectType: 'SESSION', objectId: 's' },
    ]) {
      expect((await server.send('POST', PATH, { ...comment, ...fields })).status).toBe(200)
    }
    const contents = async (query: string): Promise<unknown[]> => {
      const { body } = await server.get(`${PATH}?${query}`)
      return [body.data.map(({ content }: { content: string }) => content), body.meta.totalItems]
    }
    expect(await contents(`objectType=TRACE&objectId=${TRACE}`)).toEqual([['second', 'hello'], 2])
    expect(await contents(`objectType=TRACE&objectId=${TRACE}&limit=1&page=2`)).toEqual([['hello'], 2])
    expect(await contents('authorUserId=ada')).toEqual([['second'], 1])
    expect((await contents(''))[1]).toBe(4)
  })

  it('showComment() shows one, and answers 404 for none', async () => {
    const server = await startTestServer()
    await server.ingest(...ingested)
    const { body } = await server.send('POST', PATH, comment)
    expect((await server.get(`${PATH}/${body.id}`)).body).toMatchObject({
      id: body.id,
      content: 'hello',
      authorUserId: null,
    })
    expect((await server.get(`${PATH}/none`)).status).toBe(404)
  })

  it.each([
    ['no content', { content: '' }],
    ['nothing but space', { content: ' \n ' }],
    ['no project', { projectId: undefined }],
    ['what it does not know', { dataField: 'input' }],
    ['too much content', { content: 'a'.repeat(5001) }],
    ['another kind of object', { objectType: 'trace' }],
    ['no object', { objectId: undefined }],
  ])('createComment() refuses %s', async (_what, fields) => {
    const server = await startTestServer()
    await server.ingest(...ingested)
    expect((await server.send('POST', PATH, { ...comment, ...fields })).status).toBe(400)
    expect((await server.get(PATH)).body.data).toEqual([])
  })

  // Not recorded: from Langfuse 4.16's web/src/features/comments/validateCommentReferenceObject.ts.
  it.each(['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'])(
    'createComment() refuses what is about no %s',
    async (objectType) => {
      const server = await startTestServer()
      await server.ingest(...ingested)
      const prompt = await server.send('POST', '/api/public/v2/prompts', { name: 'p', prompt: 'x' })
      const there = { TRACE, OBSERVATION, SESSION: 's', PROMPT: prompt.body.id }
      for (const [type, objectId] of Object.entries(there)) {
        const { status, body } = await server.send('POST', PATH, { ...comment, objectType, objectId })
        if (type === objectType) expect([status, body]).toEqual([200, { id: expect.any(String) }])
        else
          expect([status, body]).toEqual([
            404,
            {
              message: `Reference object, ${objectType}: ${objectId} not found. Skipping comment creation.`,
              error: 'LangfuseNotFoundError',
            },
          ])
      }
      expect((await server.get(PATH)).body.meta.totalItems).toBe(1)
    },
  )

  it('createComment() knows what came in through the endpoints of Langfuse 3', async () => {
    const server = await startTestServer({ legacy: true })
    const timestamp = '2026-11-24T00:00:00Z'
    const trace = { id: 'e1', timestamp, type: 'trace-create', body: { id: 'old', sessionId: 'old-session' } }
    const event = { id: 'e2', timestamp, type: 'span-create', body: { id: 'old-span', traceId: 'old' } }
    await server.send('POST', '/api/public/ingestion', { batch: [trace, event] })
    for (const [objectType, objectId] of Object.entries({
      TRACE: 'old',
      OBSERVATION: 'old-span',
      SESSION: 'old-session',
    })) {
      expect((await server.send('POST', PATH, { ...comment, objectType, objectId })).status).toBe(200)
      expect((await server.send('POST', PATH, { ...comment, objectType, objectId: 'none' })).status).toBe(404)
    }
  })

  it('listComments() refuses the id of an object without its type, and what it does not know', async () => {
    const server = await startTestServer()
    const { status, body } = await server.get(`${PATH}?objectId=t`)
    const message = 'objectType is required when objectId is provided'
    expect([status, body.error]).toEqual([400, [{ code: 'custom', path: ['objectType'], message }]])
    expect((await server.get(`${PATH}?orderBy=x`)).status).toBe(400)
  })
})
