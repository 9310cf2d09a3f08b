import { describe, expect, it } from 'vitest'
import { startTestServer } from '../test-server.fixture.js'
import { authorize } from './authorize.js'

const KEYS = { publicKey: 'pk-lf-1', secretKey: 'sk-lf-1' }
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
const HINT = "Confirm that you've configured the correct host."

describe('authorize()', () => {
  it.each([
    [basic('pk-lf-1:sk-lf-1'), { kind: 'project' }],
    ['Bearer pk-lf-1', { kind: 'scores' }],
    [undefined, { kind: 'refused', message: 'No authorization header' }],
    ['', { kind: 'refused', message: 'No authorization header' }],
    ['Digest x', { kind: 'refused', message: 'Invalid authorization header' }],
    ['Basic ', { kind: 'refused', message: `Invalid authorization header. ${HINT}` }],
    ['Basic %%%', { kind: 'refused', message: `Invalid authorization header. ${HINT}` }],
    [basic('pk-lf-1'), { kind: 'refused', message: `Invalid authorization header. ${HINT}` }],
    [basic(':sk-lf-1'), { kind: 'refused', message: `Invalid authorization header. ${HINT}` }],
    [basic('pk-lf-1:sk-lf-2'), { kind: 'refused', message: `Invalid credentials. ${HINT}` }],
    [basic('pk-lf-2:sk-lf-1'), { kind: 'refused', message: `Invalid credentials. ${HINT}` }],
    [basic('pk-lf-1:sk-lf-1x'), { kind: 'refused', message: `Invalid credentials. ${HINT}` }],
    ['Bearer sk-lf-1', { kind: 'refused', message: `Invalid public key. ${HINT}` }],
  ])('authorize() judges %s', (header, expected) => {
    expect(authorize(header, KEYS)).toEqual(expected)
  })
})

describe('authorized()', () => {
  it.each([
    ['GET', '/api/public/v2/observations'],
    ['GET', '/api/public/v3/scores'],
    ['GET', '/api/public/projects'],
    ['POST', '/api/public/otel/v1/traces'],
    ['POST', '/api/public/scores'],
    ['POST', '/api/public/ingestion'],
    ['DELETE', '/api/public/scores/x'],
    ['DELETE', '/api/public/traces/x'],
  ])('authorized() refuses %s %s with wrong keys', async (method, path) => {
    const server = await startTestServer()
    const { status, body } = await server.send(method, path, method === 'GET' ? undefined : {}, {
      authorization: basic('a:b'),
    })
    expect([status, body]).toEqual([401, { message: `Invalid credentials. ${HINT}` }])
  })
})
