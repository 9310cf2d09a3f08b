import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const CONTENT = Buffer.from('<script>alert(1)</script>\0\xff', 'latin1')
const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64')
const announcement = (fields: object = {}): object => ({
  ...{ traceId: 't', observationId: null, field: 'input', contentType: 'text/html' },
  ...{ contentLength: CONTENT.length, sha256Hash: hash(CONTENT), ...fields },
})

async function announce(server: TestServer): Promise<{ mediaId: string; uploadUrl: string }> {
  return (await server.send('POST', '/api/public/media', announcement())).body
}

/** As clients do: with the content type and the checksum, and without keys. */
function put(url: string, body: Uint8Array): Promise<Response> {
  return fetch(url, { method: 'PUT', body: new Uint8Array(body), headers: { 'content-type': 'text/html' } })
}

const report = { uploadedAt: '2026-11-23T04:08:18.375Z', uploadHttpStatus: 200 }

describe('announceMedia(), putMediaContent(), reportMedia(), showMedia() and getMediaContent()', () => {
  it('getMediaContent() gives back what was uploaded, as nothing that could run', async () => {
    const server = await startTestServer()
    const { mediaId, uploadUrl } = await announce(server)
    expect(mediaId).toBe(hash(CONTENT).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22))
    expect((await put(uploadUrl, CONTENT)).status).toBe(200)
    await server.send('PATCH', `/api/public/media/${mediaId}`, report)
    const { body } = await server.get(`/api/public/media/${mediaId}`)
    expect(body).toMatchObject({ mediaId, contentType: 'text/html', contentLength: CONTENT.length })
    const content = await fetch(body.url)
    expect(Buffer.from(await content.arrayBuffer())).toEqual(CONTENT)
    expect(content.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(content.headers.get('x-content-type-options')).toBe('nosniff')
    // A second client that has the same file need not send it.
    expect((await server.send('POST', '/api/public/media', announcement())).body).toEqual({ mediaId, uploadUrl: null })
  })

  it('showMedia() answers 404 for a file that is not known, not uploaded, or failed', async () => {
    const server = await startTestServer()
    const { mediaId } = await announce(server)
    const path = `/api/public/media/${mediaId}`
    const message = async (of: string): Promise<unknown[]> => {
      const { status, body } = await server.get(of)
      return [status, body.message]
    }
    expect(await message('/api/public/media/none')).toEqual([404, 'Media asset not found'])
    expect(await message(path)).toEqual([404, 'Media not yet uploaded'])
    await server.send('PATCH', path, { ...report, uploadHttpStatus: 403, uploadHttpError: 'no' })
    expect(await message(path)).toEqual([404, 'Media upload failed with status 403: \n no'])
    expect((await server.send('PATCH', '/api/public/media/none', report)).status).toBe(404)
    expect((await server.send('PATCH', path, { uploadedAt: 'now' })).status).toBe(400)
  })

  it.each([
    ['other content', CONTENT.map((byte) => byte ^ 1), (url: string) => url, 400],
    ['less content', CONTENT.subarray(1), (url: string) => url, 400],
    ['more content', Buffer.concat([CONTENT, CONTENT]), (url: string) => url, 413],
    ['no signature', CONTENT, (url: string) => url.split('?')[0] ?? '', 403],
    ['a changed time', CONTENT, (url: string) => url.replace('expires=', 'expires=9'), 403],
    ['a changed path', CONTENT, (url: string) => url.replace('/media/', '/media/x'), 403],
    ['the signature of another method', CONTENT, (url: string) => url, 403],
  ])('putMediaContent() refuses %s', async (what, content, change, status) => {
    const server = await startTestServer()
    const { uploadUrl } = await announce(server)
    const method = what.includes('method') ? 'GET' : 'PUT'
    const body = method === 'PUT' ? { body: new Uint8Array(content) } : {}
    expect((await fetch(change(uploadUrl), { method, ...body })).status).toBe(status)
  })

  it('putMediaContent() refuses an address that has expired', async () => {
    let now = 1_000_000
    const server = await startTestServer({ clock: () => now })
    const { uploadUrl } = await announce(server)
    now += 60 * 60 * 1000
    expect((await put(uploadUrl, CONTENT)).status).toBe(403)
  })

  it.each([
    ['no trace and no item', { traceId: undefined }],
    ['a trace and an item', { datasetId: 'd', datasetItemId: 'i' }],
    ['a dataset without an item', { traceId: null, datasetId: 'd' }],
    ['the output of an item', { traceId: null, datasetId: 'd', datasetItemId: 'i', field: 'output' }],
    ['another field', { field: 'name' }],
    ['no length', { contentLength: 0 }],
    ['more than a file may have', { contentLength: 64 * 1024 * 1024 + 1 }],
    ['a hash that is none', { sha256Hash: '../../etc/passwd' }],
    ['a content type with a header in it', { contentType: 'text/html\r\nset-cookie: a=b' }],
  ])('announceMedia() refuses %s', async (_what, fields) => {
    const server = await startTestServer()
    expect((await server.send('POST', '/api/public/media', announcement(fields))).status).toBe(400)
  })
})
