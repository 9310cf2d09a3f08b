import { describe, expect, it } from 'vitest'
import { replay } from './replay-exchange.fixture.js'
import { comparable, recorded, STORAGES, startTestServer } from './test-server.fixture.js'

/** Ids are the server's own. */
function withoutId({ status, body }: { readonly status: number; readonly body: { id: string } }): unknown {
  return { status, body: comparable({ ...body, id: typeof body.id }) }
}

describe.each(STORAGES)(
  'startDevServer() answers recorded requests about prompts, comments and media as Langfuse 4.16 does, %s',
  (_where, storage) => {
    it.each([
      ['40_v2_prompts_post', '41_v2_prompts_get'],
      ['sdk_wire/003_POST_api_public_v2_prompts', 'sdk_wire/004_GET_api_public_v2_prompts_wire_p'],
    ])('startDevServer() answers %s and %s as recorded', async (written, read) => {
      const server = await startTestServer(storage)
      const post = recorded(written)
      const answer = await server.send('POST', post.request.url, post.request.body)
      expect(withoutId(answer)).toEqual(withoutId(post.response))
      const get = recorded(read)
      const shown = await server.get(get.request.url)
      expect(withoutId(shown)).toEqual(withoutId(get.response))
      expect(shown.body.id).toBe(answer.body.id)
    })

    it('startDevServer() answers 42_v2_prompts_missing as recorded', async () => {
      const { request, response } = recorded('42_v2_prompts_missing')
      const { status, body } = await (await startTestServer(storage)).get(request.url)
      expect({ status, body }).toEqual({ status: response.status, body: response.body })
    })

    it('startDevServer() takes and lists the recorded comment as recorded', async () => {
      const server = await startTestServer(storage)
      const post = recorded('43_comments_post')
      // A comment is about something that is there.
      await replay(server, recorded('02_otlp_json_post'))
      const answer = await server.send('POST', post.request.url, post.request.body)
      expect(withoutId(answer)).toEqual(withoutId(post.response))
      const { body: created } = answer
      const get = recorded('44_comments_get')
      const { status, body } = await server.get(get.request.url)
      const [comment] = get.response.body.data
      const expected = { ...get.response.body, data: [{ ...comment, id: created.id }] }
      expect({ status, body: comparable(body) }).toEqual({ status: get.response.status, body: comparable(expected) })
    })

    it('startDevServer() takes the recorded file the way it was uploaded', async () => {
      const server = await startTestServer({ ...storage, clock: () => Date.parse('2026-11-23T04:08:18.399Z') })
      const [post, patch, get] = ['45_media_post', '46_media_patch', '47_media_get'].map(recorded)
      if (post === undefined || patch === undefined || get === undefined) throw new Error('no recordings')
      // Where the file goes is the one difference: an address of this server, signed in its own way.
      const withoutUrl = (body: Record<string, unknown>, key: string): unknown => ({ ...body, [key]: typeof body[key] })
      const announced = await server.send('POST', post.request.url, post.request.body)
      expect([announced.status, withoutUrl(announced.body, 'uploadUrl')]).toEqual([
        201,
        withoutUrl(post.response.body, 'uploadUrl'),
      ])
      const reported = await server.send('PATCH', patch.request.url, patch.request.body)
      expect([reported.status, reported.body]).toEqual([200, patch.response.body])
      const shown = await server.get(get.request.url)
      expect([shown.status, withoutUrl(shown.body, 'url')]).toEqual([200, withoutUrl(get.response.body, 'url')])
    })
  },
)
