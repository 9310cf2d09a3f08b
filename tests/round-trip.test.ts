import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tracer, trace, withTraceContext } from '@axion/core'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { clearTracingConfig, configureTracing, type Tracing } from '@axion/exporter'
import { LangfuseTraceLoader } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

class Shop {
  tracer = new Tracer('llm', { environment: 'production', tags: ['shop'] })

  @trace({ name: 'rag-query', captureArgs: true, captureResult: true })
  async query(question: string): Promise<{ response: string }> {
    const documents = await this.tracer.span('document-retrieval', async (span) => {
      span.setInput({ query: question }).setAttribute('num_chunks', 2)
      const found = ['Delivery takes two days.', 'Returns are free.']
      span.setOutput(found)
      return found
    })
    return this.tracer.span(
      'answer',
      { model: 'gpt-4o', input: [{ role: 'user', content: question }] },
      async (span) => {
        if (question.includes('weather')) throw new Error('No document speaks of the weather')
        span.setOutput({ role: 'assistant', content: documents[0] }).setUsage({ input: 10, output: 5, total: 15 })
        return { response: String(documents[0]) }
      },
    )
  }
}

// Our own packages, built, against each other: core → exporter → dev-server → loader → a file.
describe('the round trip', () => {
  let server: DevServer
  let tracing: Tracing
  let loader: LangfuseTraceLoader

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    tracing = configureTracing(keys)
    loader = new LangfuseTraceLoader(keys)
  })

  afterAll(async () => {
    await clearTracingConfig()
    await server?.close()
  })

  it('a traced service becomes a dataset whose items point back to trace and generation', async () => {
    const shop = new Shop()
    await withTraceContext(
      { sessionId: 's-1', userId: 'ada', tags: ['round-trip'], metadata: { tier: 'gold' } },
      async () => {
        await shop.query('How long does delivery take?')
        await expect(shop.query('How is the weather?')).rejects.toThrow('No document speaks of the weather')
      },
    )
    // Two traces of three spans.
    expect(await tracing.flush()).toEqual({ exported: 6, failed: 0, dropped: 0, spooled: 0, pending: 0 })

    const traces = await loader.fetchTraces({ tags: ['shop', 'round-trip'], name: 'rag-query', daysBack: 1 })

    expect(traces.length).toBe(2)
    const [failed, answered] = [...traces]
    expect(answered).toMatchObject({
      name: 'rag-query',
      sessionId: 's-1',
      userId: 'ada',
      tags: ['round-trip', 'shop'],
      environment: 'production',
      metadata: { tier: 'gold' },
      level: 'DEFAULT',
      usage: { input: 10, output: 5, total: 15 },
    })
    expect(answered?.input).toEqual({ question: 'How long does delivery take?' })
    expect(answered?.output).toEqual({ response: 'Delivery takes two days.' })
    // Every span of the trace says whose it is: v4 filters observations.
    expect(answered?.observations.map(({ name, type }) => [name, type])).toEqual([
      ['rag-query', 'SPAN'],
      ['document-retrieval', 'RETRIEVER'],
      ['answer', 'GENERATION'],
    ])
    expect(answered?.find({ name: 'document-retrieval' })?.metadata.num_chunks).toBe(2)
    expect(failed).toMatchObject({ level: 'ERROR' })
    expect(failed?.root?.statusMessage).toBe('No document speaks of the weather')

    const path = join(await temporaryFolder(), 'nested', 'shop.jsonl')
    const dataset = traces.toDataset({ name: 'shop' })
    await dataset.toJsonl(path)

    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    const items = lines.map((line) => JSON.parse(line))
    expect(items).toHaveLength(2)
    expect(items[1]).toMatchObject({
      query: 'How long does delivery take?',
      actualOutput: 'Delivery takes two days.',
      retrievedContent: ['Delivery takes two days.', 'Returns are free.'],
      traceId: answered?.id,
      observationId: answered?.find({ name: 'answer' })?.id,
      sessionId: 's-1',
    })
    expect(items[0]).toMatchObject({
      query: 'How is the weather?',
      traceId: failed?.id,
      // The generation gave no answer, so scores go to the root.
      observationId: failed?.root?.id,
      metadata: { level: 'ERROR', statusMessage: 'No document speaks of the weather' },
    })
  })

  it('filters by name and tags find nothing where nothing matches, and that is no error', async () => {
    expect((await loader.fetchTraces({ name: 'no-such-trace' })).length).toBe(0)
    expect((await loader.fetchTraces({ tags: ['shop', 'no-such-tag'] })).length).toBe(0)
  })

  it('a trace id fetches the one trace, scores attached', async () => {
    const tracer = new Tracer()
    const id = tracer.span('scored', (span) => span.setOutput('fine').traceId)
    await tracer.flush()
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    await fetch(`${server.url}/api/public/scores`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ traceId: id, name: 'accuracy', value: 0.75 }),
    })

    const [fetched] = [...(await loader.fetchTraces({ traceIds: [id], fetchScores: true }))]

    expect(fetched).toMatchObject({ id, output: 'fine' })
    expect(fetched?.scores.map(({ name, value }) => [name, value])).toEqual([['accuracy', 0.75]])
    expect((await loader.fetchTrace(id)).id).toBe(id)
  })
})
