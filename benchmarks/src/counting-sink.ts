import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

// Takes whatever is sent, and counts the spans by the name each carries: `span-<number>;`. Counted when all is over: counting costs time.
const bodies: { readonly body: Buffer; readonly isCompressed: boolean }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    bodies.push({ body: Buffer.concat(chunks), isCompressed: request.headers['content-encoding'] === 'gzip' })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0)
})
process.on('message', () => {
  const seen = new Set<string>()
  for (const { body, isCompressed } of bodies) {
    const text = (isCompressed ? gunzipSync(body) : body).toString('latin1')
    for (const [name] of text.matchAll(/span-\d+;/g)) seen.add(name)
  }
  process.send?.(seen.size)
  server.closeAllConnections()
  server.close()
  process.disconnect()
})
