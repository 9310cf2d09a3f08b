import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * Serves one request on a free port. Prints the address first, then the request's tracing headers.
 *
 * @param {(headers: import('node:http').IncomingHttpHeaders) => void} handle - Called with the request's headers.
 */
export async function answerOne(handle) {
  const server = createServer((request, response) => {
    handle(request.headers)
    const { traceparent, baggage } = request.headers
    console.log(JSON.stringify({ traceparent, baggage }))
    response.setHeader('connection', 'close').end()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  console.log(`http://127.0.0.1:${server.address().port}`)
  await once(server, 'close')
}
