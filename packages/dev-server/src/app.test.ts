import { describe, expect, it } from 'vitest'
import { startTestServer } from './test-server.fixture.js'

describe('createApp()', () => {
  it.each([
    ['PUT', '/api/public/scores', 405, { message: 'Method not allowed', error: 'MethodNotAllowedError' }],
    ['POST', '/api/public/v2/observations', 405, { message: 'Method not allowed', error: 'MethodNotAllowedError' }],
    ['GET', '/api/public/otel/v1/traces', 405, { message: 'Method not allowed', error: 'MethodNotAllowedError' }],
    [
      'GET',
      '/api/public/llm-connections',
      404,
      { message: 'The dev-server has no GET /api/public/llm-connections', error: 'LangfuseNotFoundError' },
    ],
    ['GET', '/api/public/', 404, { message: 'The dev-server has no GET /api/public/', error: 'LangfuseNotFoundError' }],
    ['GET', '/favicon.ico', 404, { message: 'The dev-server has no GET /favicon.ico', error: 'LangfuseNotFoundError' }],
  ])('createApp() answers %s %s with %d', async (method, path, status, body) => {
    const server = await startTestServer()
    const answer = await server.send(method, path, method === 'GET' ? undefined : {})
    expect([answer.status, answer.body]).toEqual([status, body])
  })

  it('createApp() answers a failing store with 500 and says why', async () => {
    const server = await startTestServer({ clock: () => Number.NaN })
    const { status, body } = await server.send('POST', '/api/public/scores', { traceId: 't', name: 'n', value: 1 })
    expect(status).toBe(500)
    expect(body).toEqual({
      message: 'Internal Server Error',
      error: expect.stringContaining('NOT NULL constraint failed'),
    })
  })
})
