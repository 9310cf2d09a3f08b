import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ROOT } from './read-sources.js'
import { environmentWith, runNode } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

type Service = 'axion' | 'langfuse'

/** What Langfuse's public API says of one span. */
interface Observation {
  readonly name: string
  readonly id: string
  readonly parentObservationId: string | null
  readonly isRootObservation: boolean
  readonly userId: string
  readonly sessionId: string
  readonly version: string
  readonly tags: readonly string[]
  readonly traceName: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

interface Exchange {
  /** Headers of the request that the called service got. */
  readonly headers: { readonly traceparent?: string; readonly baggage?: string }
  readonly traceId: string
  readonly ask: Observation
  readonly handle: Observation
  readonly lookUp: Observation
}

// Two processes, a request between them over HTTP, one trace: with our packages on both sides, and with Langfuse's own on either.
describe('a trace across services', () => {
  let server: DevServer
  let env: Record<string, string>

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    env = {
      LANGFUSE_BASE_URL: server.url,
      LANGFUSE_PUBLIC_KEY: server.publicKey,
      LANGFUSE_SECRET_KEY: server.secretKey,
    }
  })

  afterAll(() => server?.close())

  async function exchange(caller: Service, called: Service, baggage: 'yes' | 'no'): Promise<Exchange> {
    const child = spawn(process.execPath, [programOf(called), 'serve'], {
      cwd: join(ROOT, 'tests'),
      env: environmentWith(env),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill())
    const ended = once(child, 'exit')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const { value: url } = await lines.next()
    const call = await runNode([programOf(caller), 'call', String(url)], { env: { ...env, BAGGAGE: baggage } })
    expect(call).toMatchObject({ code: 0, stderr: '' })
    const { value: headers } = await lines.next()
    expect(await ended).toEqual([0, null])
    const traceId = call.stdout.trim()
    const observations = await read(traceId)
    const named = (name: string): Observation => {
      const [found, ...others] = observations.filter((observation) => observation.name === name)
      if (!found || others.length > 0) throw new Error(`Expected one ${name} in ${JSON.stringify(observations)}`)
      return found
    }
    expect(observations).toHaveLength(3)
    return {
      headers: JSON.parse(String(headers)),
      traceId,
      ask: named('ask'),
      handle: named('handle'),
      lookUp: named('look-up'),
    }
  }

  async function read(traceId: string): Promise<readonly Observation[]> {
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const query = `traceId=${traceId}&fields=core,basic,metadata,trace_context&limit=100`
    const response = await fetch(`${server.url}/api/public/v2/observations?${query}`, { headers: { authorization } })
    // The dev-server's own tests hold it to this shape.
    const { data } = (await response.json()) as { data: readonly Observation[] }
    return data
  }

  it.each<[Service, Service]>([
    ['axion', 'axion'],
    ['axion', 'langfuse'],
    ['langfuse', 'axion'],
  ])('from %s to %s, with baggage: one root, and the fields stand on every span', async (caller, called) => {
    const { headers, traceId, ask, handle, lookUp } = await exchange(caller, called, 'yes')

    expect(headers.traceparent).toMatch(new RegExp(`^00-${traceId}-${ask.id}-01$`))
    expect(headers.baggage).toContain(`langfuse_trace_id=${traceId}`)
    expect([handle.parentObservationId, lookUp.parentObservationId]).toEqual([ask.id, handle.id])
    expect([ask, handle, lookUp].map(({ isRootObservation }) => isRootObservation)).toEqual([true, false, false])
    for (const span of [ask, handle, lookUp]) {
      expect(span).toMatchObject({
        userId: 'Ada Lovelace; größe=1, 😀',
        sessionId: 's-1',
        version: '1.2.3',
        metadata: { tier: 'gold', note: 'a=b; c, d %20' },
      })
      expect(span.tags.toSorted()).toEqual(['beta', 'très bien'])
    }
    // Langfuse's own SDK gives a trace no name by itself.
    const names = [ask, handle, lookUp].map(({ traceName }) => traceName)
    if (caller === 'axion') expect(names).toEqual(['ask', 'ask', 'ask'])
  })

  it('from axion to axion, by default: one trace, and nothing of the user leaves', async () => {
    const { headers, traceId, ask, handle } = await exchange('axion', 'axion', 'no')

    expect(headers).toEqual({ traceparent: `00-${traceId}-${ask.id}-01` })
    expect(handle).toMatchObject({ parentObservationId: ask.id, userId: '', sessionId: '', tags: [] })
    expect(handle.metadata).not.toHaveProperty('tier')
  })

  it('from langfuse to axion, by default: its claim is respected, and that is all there is', async () => {
    const { headers, traceId, ask, handle } = await exchange('langfuse', 'axion', 'no')

    expect(headers.baggage).toBe(`langfuse_trace_id=${traceId}`)
    expect(handle).toMatchObject({ parentObservationId: ask.id, isRootObservation: false, userId: '', sessionId: '' })
  })
})

function programOf(service: Service): string {
  return join(ROOT, `tests/programs/${service}-service.mjs`)
}
