import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHttpClient, type HttpClient } from '../delivery/http-client.js'
import type { Media } from './media.js'
import { uploadMedia } from './upload-media.js'

let server: Server
let client: HttpClient
let requests: number
let onRequest: () => void
beforeEach(async () => {
  requests = 0
  onRequest = () => {}
  client = createHttpClient()
  // Takes requests and never answers.
  server = createServer(() => {
    requests++
    onRequest()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  client.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const MEDIA: Media = {
  id: 'id',
  contentType: 'image/png',
  bytes: Buffer.from('a'),
  sha256: 'hash',
  field: 'input',
  traceId: '1',
  spanId: '2',
}

function upload(signal: AbortSignal, timeoutMillis: number): Promise<void> {
  // A server that listens on TCP has this kind of address.
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return uploadMedia(MEDIA, { baseUrl, headers: {} }, client, signal, { timeoutMillis, firstWaitMillis: 1 })
}

it('uploadMedia() ends requests that nobody answers, whatever the garbage collector does meanwhile', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  onRequest = () => setImmediate(collect)
  await expect(upload(new AbortController().signal, 300)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  )
  expect(requests).toBe(3)
})

it('uploadMedia() ends at once when it is given up, and asks nobody after that', async () => {
  const end = new AbortController()
  onRequest = () => end.abort()
  await expect(upload(end.signal, 60_000)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  await expect(upload(end.signal, 60_000)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  expect(requests).toBe(1)
})
