import { afterEach, describe, expect, it } from 'vitest'
import { LoaderError } from './loader-error.js'
import { type Fault, sendJson } from './testing/langfuse-server.fixture.js'
import { legacyAnswer } from './testing/legacy-answer.fixture.js'
import { legacyTrace } from './testing/legacy-rows.fixture.js'
import { childRow, rootRow } from './testing/rows.fixture.js'
import { type Rig, startLoader } from './testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

const observations = Array.from({ length: 70 }, (_, index) => {
  const id = `t${index}`
  return [rootRow(id, index), childRow(id, `${id}-c`, `${id}-root`, index)]
}).flat()
const traces = Array.from({ length: 12 }, (_, index) => legacyTrace(`t${index}`, index))

type StartServer = () => Promise<Rig>
const SERVERS: Readonly<Record<string, readonly [count: number, start: StartServer]>> = {
  'Langfuse 4': [70, () => startLoader({ observations }, { maxRetries: 0, timeoutMillis: 200 })],
  'Langfuse 3': [
    12,
    () => startLoader({}, { maxRetries: 0, timeoutMillis: 200 }, (url) => legacyAnswer(url, { traces })),
  ],
}

const text =
  (status: number, body: string, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
    return true
  }

const FAULTS: Readonly<Record<string, Fault>> = {
  '429': text(429, '{}'),
  '500': text(500, 'Internal Server Error'),
  '401': text(401, '{"message":"Invalid credentials."}'),
  'a redirect': text(302, '', { location: 'https://login.example/' }),
  HTML: text(200, '<!doctype html><title>Sign in</title>'),
  'cut JSON': text(200, '{"data":[{"id":"a","traceId":"b'),
  'JSON of something else': text(200, '{"status":"OK"}'),
  'a list': text(200, '[]'),
  null: text(200, 'null'),
  nothing: text(200, ''),
  silence: () => true,
  'a closed connection': (request) => {
    request.socket.destroy()
    return true
  },
  'half a body': (_, response) => {
    response.writeHead(200, { 'content-length': '5000' })
    response.write('{"data":[', () => response.destroy())
    return true
  },
  'rows of another trace': (_, response) => {
    const row = { id: 'x', traceId: 'stranger', startTime: '2026-11-20T12:00:00.000Z', type: 'SPAN' }
    sendJson(response, 200, { data: [row], meta: {}, id: 'stranger', timestamp: row.startTime })
    return true
  },
}

describe('a server that fails once', () => {
  const cases = Object.entries(SERVERS).flatMap(([name, server]) =>
    Object.entries(FAULTS).map(([fault, act]) => [name, fault, server, act] as const),
  )
  it.each(cases)(
    'fetchTraces() from %s gives every trace or an error, never a part, on %s',
    async (_, fault, [count, startServer], act) => {
      for (const at of [0, 1, 2, 3, 5]) {
        const rig = await startServer()
        open.push(rig)
        rig.server.faults.push(...Array.from({ length: at }, (): Fault => () => false), act)
        const outcome = await rig.loader.fetchTraces({ limit: 100 }).catch((error: unknown) => error)
        if (outcome instanceof LoaderError) {
          expect(outcome.code).not.toBe('invalid_options')
          continue
        }
        // The fault came too late, or it was one that smaller pages go around; or a row of a trace that was deleted meanwhile.
        const found = [...(outcome as Awaited<ReturnType<typeof rig.loader.fetchTraces>>)]
        const expected = fault === 'rows of another trace' && found.length === 0 ? 0 : count
        expect(found.length).toBe(expected)
        expect(found.every((trace) => trace.observations.length === 2)).toBe(true)
      }
    },
  )
})
