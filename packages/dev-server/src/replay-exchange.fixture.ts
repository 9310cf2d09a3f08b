import { expect } from 'vitest'
import { type Answer, comparable, type Recorded, type TestServer } from './test-server.fixture.js'

/** Sends a recorded request, as it was but for the keys. */
export async function replay(server: TestServer, { request }: Recorded): Promise<Answer> {
  if (request.method === 'GET') return server.get(request.url)
  const names = ['x-langfuse-sdk-name', 'x-langfuse-sdk-version']
  const headers = Object.fromEntries(
    names.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
  )
  return server.send(request.method, request.url, request.body, headers)
}

/** Sends a recorded request and fails unless the answer is the recorded one, but for what is tolerated. */
export async function expectSame(server: TestServer, exchange: Recorded): Promise<Answer> {
  const answer = await replay(server, exchange)
  expect({ status: answer.status, body: comparable(answer.body) }).toEqual({
    status: exchange.response.status,
    body: comparable(exchange.response.body),
  })
  return answer
}
