import { traced, withTraceContext } from '@axion/core'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { clearTracingConfig, configureTracing, type Tracing } from '@axion/exporter'
import { evaluate, LangfuseTraceLoader } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

// The way back: dev-server → loader → evaluation → scores at the dev-server, read again.
describe('evaluate and score', () => {
  let server: DevServer
  let tracing: Tracing
  let loader: LangfuseTraceLoader
  let keys: { baseUrl: string; publicKey: string; secretKey: string }

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    tracing = configureTracing(keys)
    loader = new LangfuseTraceLoader(keys)
    const answer = traced(async (question: string) => ({ answer: question.toUpperCase() }), {
      name: 'answer',
      captureArgs: true,
      captureResult: true,
    })
    await withTraceContext({ tags: ['scored'] }, async () => {
      for (const question of ['one', 'two', 'three']) await answer(question)
    })
    await tracing.flush()
  })

  afterAll(async () => {
    await clearTracingConfig()
    await server?.close()
  })

  it('scores of an evaluation stand at the traces they judge, once, and are fetched with them', async () => {
    const traces = await loader.fetchTraces({ tags: ['scored'] })
    const dataset = traces.toDataset({ name: 'answers' })
    expect(dataset.items.map(({ actualOutput }) => actualOutput).sort()).toEqual(['ONE', 'THREE', 'TWO'])
    const judge = (limit: number) =>
      evaluate(dataset, {
        evaluators: {
          short: ({ output }) => ({ score: output.length <= limit, reason: `${output.length} letters` }),
          length: ({ output }) => output.length,
          tone: ({ output }) => (output === 'TWO' ? null : 'loud'),
        },
      })
    const outcome = await (await judge(3)).publishToObservability({ ...keys, tags: ['nightly'] })
    expect(outcome).toMatchObject({ uploaded: 8, failed: [], skipped: [{ metric: 'tone' }] })
    // A later evaluation takes the place of the former.
    await (await judge(5)).publishToObservability(keys)

    const scored = await loader.fetchTraces({ tags: ['scored'], fetchScores: true })
    expect(scored.length).toBe(3)
    const found = scored.map(({ output, scores }) => ({ output, scores: scores.length }))
    expect(found.map(({ scores }) => scores).sort()).toEqual([2, 3, 3])
    for (const trace of scored) {
      const short = trace.scores.find(({ name }) => name === 'short')
      expect(short).toMatchObject({ dataType: 'BOOLEAN', value: true, traceId: trace.id, observationId: trace.root.id })
      expect(short?.comment).toMatch(/^[35] letters$/)
      expect(short?.metadata).toMatchObject({ dataset: 'answers', itemId: trace.id })
    }
  })
})
