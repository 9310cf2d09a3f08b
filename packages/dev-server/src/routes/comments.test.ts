import { describe, expect, it } from 'vitest'
import { startTestServer } from '../test-server.fixture.js'

const PATH = '/api/public/comments'
const comment = { projectId: 'any', objectType: 'TRACE', objectId: 't', content: 'hello' }

describe('createComment(), listComments() and showComment()', () => {
  it('listComments() lists what was written about a thing, the newest first, in pages', async () => {
    let now = 0
    const server = await startTestServer({ clock: () => ++now })
    for (const fields of [
      {},
      { content: 'second', authorUserId: 'ada' },
      { objectId: 'u' },
      { objectType: 'SESSION' },
    ]) {
      expect((await server.send('POST', PATH, { ...comment, ...fields })).status).toBe(200)
    }
    const contents = async (query: string): Promise<unknown[]> => {
      const { body } = await server.get(`${PATH}?${query}`)
      return [body.data.map(({ content }: { content: string }) => content), body.meta.totalItems]
    }
    expect(await contents('objectType=TRACE&objectId=t')).toEqual([['second', 'hello'], 2])
    expect(await contents('objectType=TRACE&objectId=t&limit=1&page=2')).toEqual([['hello'], 2])
    expect(await contents('authorUserId=ada')).toEqual([['second'], 1])
    expect((await contents(''))[1]).toBe(4)
  })

  it('showComment() shows one, and answers 404 for none', async () => {
    const server = await startTestServer()
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
    ['too much content', { content: 'a'.repeat(5001) }],
    ['another kind of object', { objectType: 'trace' }],
    ['no object', { objectId: undefined }],
  ])('createComment() refuses %s', async (_what, fields) => {
    const server = await startTestServer()
    expect((await server.send('POST', PATH, { ...comment, ...fields })).status).toBe(400)
    expect((await server.get(PATH)).body.data).toEqual([])
  })

  it('listComments() refuses the id of an object without its type', async () => {
    expect((await (await startTestServer()).get(`${PATH}?objectId=t`)).status).toBe(400)
  })
})
