import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import {
  propagateAttributes,
  setLangfuseTracerProvider,
  startActiveObservation,
  startObservation,
} from '@langfuse/tracing'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

// Langfuse's own packages, as published, against our server: what works with it works with Langfuse.
describe('the dev-server with the unmodified Langfuse client libraries', () => {
  let server: DevServer
  let provider: BasicTracerProvider
  let client: LangfuseClient

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const { url: baseUrl, publicKey, secretKey } = server
    provider = new BasicTracerProvider({
      spanProcessors: [new LangfuseSpanProcessor({ baseUrl, publicKey, secretKey })],
    })
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    setLangfuseTracerProvider(provider)
    client = new LangfuseClient({ baseUrl, publicKey, secretKey })
  })

  afterAll(async () => {
    await client?.shutdown()
    await provider?.shutdown()
    await server?.close()
  })

  it('@langfuse/tracing and @langfuse/otel write nested observations that @langfuse/client reads', async () => {
    const traceId = await propagateAttributes(
      { userId: 'ada', sessionId: 's-1', tags: ['a', 'b'], traceName: 'official', metadata: { tier: 'gold' } },
      () =>
        startActiveObservation('outer', (outer) => {
          outer.update({ input: { question: 'why?' }, output: 'because' })
          const generation = startObservation(
            'inner',
            {
              model: 'gpt-4o',
              input: [{ role: 'user', content: 'hi' }],
              usageDetails: { input: 3, output: 4, total: 7 },
            },
            { asType: 'generation' },
          )
          generation.update({ output: 'hello', level: 'WARNING', statusMessage: 'slow' }).end()
          return outer.traceId
        }),
    )
    await provider.forceFlush()

    const { data, meta } = await client.api.observations.getMany({
      traceId,
      fields: 'core,basic,io,metadata,model,usage,trace_context',
    })

    expect(meta.cursor).toBeUndefined()
    expect(data.map(({ name, type }) => [name, type])).toEqual([
      ['inner', 'GENERATION'],
      ['outer', 'SPAN'],
    ])
    const [inner, outer] = data
    expect(outer).toMatchObject({
      parentObservationId: null,
      isRootObservation: true,
      input: '{"question":"why?"}',
      output: 'because',
      userId: 'ada',
      sessionId: 's-1',
      tags: ['a', 'b'],
      traceName: 'official',
      metadata: { tier: 'gold', 'scope.name': 'langfuse-sdk' },
    })
    expect(inner).toMatchObject({
      parentObservationId: outer?.id,
      isRootObservation: false,
      output: 'hello',
      model: 'gpt-4o',
      level: 'WARNING',
      statusMessage: 'slow',
      usageDetails: { input: 3, output: 4, total: 7 },
      userId: 'ada',
      traceName: 'official',
    })
    // Priced from the server's own table: 3 and 4 tokens of gpt-4o.
    expect(inner?.totalCost).toBeCloseTo(0.0000475, 10)
  })

  it('@langfuse/client pages through observations without missing or repeating one', async () => {
    const traceId = await startActiveObservation('many', (outer) => {
      for (let i = 0; i < 24; i++) startObservation(`child-${i}`).end()
      return outer.traceId
    })
    await provider.forceFlush()

    const ids: string[] = []
    for (let cursor: string | undefined, pages = 0; pages < 10; pages++) {
      const page = await client.api.observations.getMany({
        traceId,
        limit: 7,
        ...(cursor === undefined ? {} : { cursor }),
      })
      ids.push(...page.data.map(({ id }) => id))
      cursor = page.meta.cursor ?? undefined
      if (cursor === undefined) break
    }
    expect(ids).toHaveLength(25)
    expect(new Set(ids).size).toBe(25)
  })

  it('@langfuse/client writes scores of each type and reads them back', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    client.score.create({ traceId, name: 'accuracy', value: 0.9, comment: 'close' })
    client.score.create({ traceId, name: 'tone', value: 'polite', dataType: 'CATEGORICAL' })
    client.score.create({ traceId, name: 'safe', value: 1, dataType: 'BOOLEAN' })
    await client.score.flush()

    const scores = await client.api.scoresV3.getManyV3({ traceId, fields: 'core,details,subject' })

    const byName = Object.fromEntries(scores.data.map((score) => [score.name, score]))
    expect(byName.accuracy).toMatchObject({
      dataType: 'NUMERIC',
      value: 0.9,
      comment: 'close',
      subject: { kind: 'trace', id: traceId },
    })
    expect(byName.tone).toMatchObject({ dataType: 'CATEGORICAL', value: 'polite' })
    expect(byName.safe).toMatchObject({ dataType: 'BOOLEAN', value: true })
  })
})
