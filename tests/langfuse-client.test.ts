import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { setLangfuseTracerProvider, startObservation } from '@langfuse/tracing'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

// A PNG of one pixel.
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

// Langfuse's own packages, as published, against our server: what works with it works with Langfuse.
describe('prompts, media, comments, metrics and models of the dev-server with the unmodified @langfuse/client', () => {
  let server: DevServer
  let provider: BasicTracerProvider
  let client: LangfuseClient

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const { url: baseUrl, publicKey, secretKey } = server
    provider = new BasicTracerProvider({
      spanProcessors: [new LangfuseSpanProcessor({ baseUrl, publicKey, secretKey })],
    })
    setLangfuseTracerProvider(provider)
    client = new LangfuseClient({ baseUrl, publicKey, secretKey })
  })

  // The client says on the console what it also throws.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
  afterEach(() => void vi.restoreAllMocks())

  afterAll(async () => {
    await client?.shutdown()
    await provider?.shutdown()
    await server?.close()
  })

  it('@langfuse/client makes versions of a prompt, finds them by label and number, and fills them in', async () => {
    await client.prompt.create({ name: 'greet', prompt: 'Hello {{name}}', labels: ['production'], config: { t: 1 } })
    await client.prompt.create({ name: 'greet', prompt: 'Hi {{name}}', tags: ['short'] })
    const inProduction = await client.prompt.get('greet')
    expect([inProduction.version, inProduction.config, inProduction.compile({ name: 'Ada' })]).toEqual([
      1,
      { t: 1 },
      'Hello Ada',
    ])
    expect((await client.prompt.get('greet', { version: 2 })).prompt).toBe('Hi {{name}}')
    expect((await client.prompt.get('greet', { label: 'latest' })).version).toBe(2)

    await client.prompt.update({ name: 'greet', version: 2, newLabels: ['production', 'staging'] })
    const after = await client.prompt.get('greet', { cacheTtlSeconds: 0 })
    expect([after.version, after.labels.toSorted()]).toEqual([2, ['latest', 'production', 'staging']])
    expect((await client.api.prompts.list({ name: 'greet' })).data).toMatchObject([
      { name: 'greet', versions: [1, 2], tags: ['short'] },
    ])
    await client.prompt.delete('greet', { version: 1 })
    await expect(client.prompt.get('greet', { version: 1, cacheTtlSeconds: 0 })).rejects.toMatchObject({
      statusCode: 404,
    })
  })

  it('@langfuse/client fills a chat prompt with messages, and a prompt with another one', async () => {
    await client.prompt.create({
      name: 'chat',
      type: 'chat',
      prompt: [
        { role: 'system', content: 'Be {{how}}' },
        { type: 'placeholder', name: 'history' },
      ],
      labels: ['production'],
    })
    const chat = await client.prompt.get('chat', { type: 'chat' })
    expect(chat.compile({ how: 'kind' }, { history: [{ role: 'user', content: 'hi' }] })).toEqual([
      { role: 'system', content: 'Be kind' },
      { role: 'user', content: 'hi' },
    ])
    await client.prompt.create({ name: 'rules', prompt: 'No {{what}}.', labels: ['production'] })
    const reference = '@@@langfusePrompt:name=rules|label=production@@@'
    await client.prompt.create({ name: 'whole', prompt: `Rules: ${reference}`, labels: ['production'] })
    expect((await client.prompt.get('whole')).compile({ what: 'shouting' })).toBe('Rules: No shouting.')
  })

  it('@langfuse/client gets the fallback when there is no prompt', async () => {
    const prompt = await client.prompt.get('none', { fallback: 'Hey {{name}}', maxRetries: 0 })
    expect([prompt.isFallback, prompt.compile({ name: 'Ada' })]).toEqual([true, 'Hey Ada'])
  })

  it('@langfuse/tracing links generations to a prompt', async () => {
    const { version } = await client.prompt.create({ name: 'linked', prompt: 'x', labels: ['production'] })
    const prompt = { name: 'linked', version, isFallback: false }
    const generation = startObservation('asks', { model: 'gpt-4o', prompt }, { asType: 'generation' })
    generation.end()
    await provider.forceFlush()
    const { data } = await client.api.observations.getMany({ traceId: generation.traceId, fields: 'core,prompt' })
    expect(data).toMatchObject([{ promptName: 'linked', promptVersion: 1 }])
  })

  it('@langfuse/otel uploads media out of spans, and @langfuse/client resolves the references to them', async () => {
    const uri = `data:image/png;base64,${PNG}`
    const content = [{ type: 'image_url', image_url: { url: uri } }]
    const span = startObservation('sees', { input: [{ role: 'user', content }], output: { image: uri } })
    span.end()
    await provider.forceFlush()

    const { data } = await client.api.observations.getMany({ traceId: span.traceId, fields: 'core,io' })
    const [input, output] = [JSON.parse(String(data[0]?.input)), JSON.parse(String(data[0]?.output))]
    expect(output.image).toMatch(/^@@@langfuseMedia:type=image\/png\|id=[\w-]{22}\|source=base64_data_uri@@@$/)
    expect(await client.media.resolveReferences({ obj: { input, output }, resolveWith: 'base64DataUri' })).toEqual({
      input: [{ role: 'user', content }],
      output: { image: uri },
    })
    const [, mediaId = ''] = /id=([\w-]{22})/.exec(output.image) ?? []
    const media = await client.api.media.get(mediaId)
    expect([media.contentType, media.contentLength]).toEqual(['image/png', Buffer.from(PNG, 'base64').length])
  })

  it('@langfuse/client writes comments, and reads them by what they are about', async () => {
    const [commented, other] = [startObservation('commented'), startObservation('other')]
    for (const span of [commented, other]) span.end()
    await provider.forceFlush()
    const about = { projectId: 'any', objectType: 'TRACE', objectId: commented.traceId } as const
    const { id } = await client.api.comments.create({ ...about, content: 'look at this' })
    await client.api.comments.create({ ...about, objectId: other.traceId, content: 'no' })
    await expect(client.api.comments.create({ ...about, objectId: 'none', content: 'no' })).rejects.toMatchObject({
      statusCode: 404,
      body: { message: 'Reference object, TRACE: none not found. Skipping comment creation.' },
    })
    expect((await client.api.comments.getById(id)).content).toBe('look at this')
    const { data } = await client.api.comments.get({ objectType: 'TRACE', objectId: commented.traceId })
    expect(data.map(({ content }) => content)).toEqual(['look at this'])
  })

  it('@langfuse/client counts and sums up observations and scores', async () => {
    for (const name of ['counted', 'counted', 'counted-too']) {
      const usageDetails = { input: 10, output: 5 }
      startObservation(name, { model: 'gpt-4o', usageDetails }, { asType: 'generation' }).end()
    }
    await provider.forceFlush()
    const query = {
      view: 'observations',
      metrics: [
        { measure: 'count', aggregation: 'count' },
        { measure: 'totalTokens', aggregation: 'sum' },
      ],
      dimensions: [{ field: 'name' }],
      filters: [{ column: 'name', operator: 'contains', value: 'counted', type: 'string' }],
      fromTimestamp: new Date(Date.now() - 3_600_000).toISOString(),
      toTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
    }
    const { data } = await client.api.metrics.metrics({ query: JSON.stringify(query) })
    const byName = Object.fromEntries(data.map((row) => [row.name, row]))
    expect([Number(byName.counted?.count_count), Number(byName.counted?.sum_totalTokens)]).toEqual([2, 30])
    expect(Number(byName['counted-too']?.count_count)).toBe(1)
  })

  it('@langfuse/client sums up costs by kind and scores by what they are about, and hears what asks for too much', async () => {
    const usageDetails = { input: 1000, output: 10 }
    const generation = startObservation('priced', { model: 'gpt-4o', usageDetails }, { asType: 'generation' })
    generation.end()
    await provider.forceFlush()
    client.score.observation({ otelSpan: generation.otelSpan }, { name: 'priced-well', value: 0.5 })
    await client.score.flush()
    const window = {
      fromTimestamp: new Date(Date.now() - 3_600_000).toISOString(),
      toTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
    }
    const metrics = async (query: object): Promise<readonly unknown[]> =>
      (await client.api.metrics.metrics({ query: JSON.stringify({ ...window, ...query }) })).data
    const priced = { type: 'string', operator: '=', value: 'priced' }
    expect(
      await metrics({
        view: 'observations',
        metrics: [{ measure: 'costByType', aggregation: 'sum' }],
        dimensions: [{ field: 'costType' }],
        filters: [{ column: 'name', ...priced }],
      }),
    ).toEqual([
      { costType: 'total', sum_costByType: 0.0026 },
      { costType: 'input', sum_costByType: 0.0025 },
      { costType: 'output', sum_costByType: 0.0001 },
    ])
    const scores = { view: 'scores-numeric', metrics: [{ measure: 'value', aggregation: 'avg' }] }
    expect(await metrics({ ...scores, filters: [{ column: 'observationName', ...priced }] })).toEqual([
      { avg_value: 0.5 },
    ])
    await expect(metrics({ ...scores, dimensions: [{ field: 'traceId' }] })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('@langfuse/client changes and archives a score config', async () => {
    const { id } = await client.api.scoreConfigs.create({ name: 'kind', dataType: 'NUMERIC', maxValue: 1 })
    await client.api.scoreConfigs.update(id, { isArchived: true, maxValue: 5 })
    expect(await client.api.scoreConfigs.getById(id)).toMatchObject({ name: 'kind', maxValue: 5, isArchived: true })
    await expect(client.api.scoreConfigs.update(id, { minValue: 6 })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('@langfuse/client deletes several traces', async () => {
    const spans = ['one', 'two'].map((name) => startObservation(name))
    for (const span of spans) span.end()
    await provider.forceFlush()
    await client.api.trace.deleteMultiple({ traceIds: spans.map(({ traceId }) => traceId) })
    for (const { traceId } of spans) expect((await client.api.observations.getMany({ traceId })).data).toEqual([])
  })

  it('@langfuse/client lists models with their prices, and shows one', async () => {
    const { data, meta } = await client.api.models.list({ limit: 100 })
    expect(meta.totalItems).toBeGreaterThan(50)
    const model = data.find(({ modelName }) => modelName === 'gpt-4o')
    expect(await client.api.models.get(model?.id ?? '')).toEqual(model)
    expect(model?.prices).toMatchObject({ input: { price: 0.0000025 }, output: { price: 0.00001 } })
  })

  it('@langfuse/client defines a model, by which calls are priced from then on, and deletes it', async () => {
    const call = async (): Promise<unknown> => {
      const usageDetails = { input: 150_000, output: 10 }
      const generation = startObservation('calls', { model: 'house-large', usageDetails }, { asType: 'generation' })
      generation.end()
      await provider.forceFlush()
      const { data } = await client.api.observations.getMany({
        traceId: generation.traceId,
        fields: 'core,model,usage',
      })
      return data.map(({ modelId, totalCost }) => ({ modelId, totalCost }))
    }
    const model = await client.api.models.create({
      ...{ modelName: 'house-large', matchPattern: '(?i)^house-', unit: 'TOKENS' },
      pricingTiers: [
        { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 0.001, output: 0.01 } },
        {
          ...{ name: 'Long', isDefault: false, priority: 1, prices: { input: 0.002, output: 0.02 } },
          conditions: [{ usageDetailPattern: '^input', operator: 'gt', value: 100_000, caseSensitive: false }],
        },
      ],
    })
    expect([model.isLangfuseManaged, model.pricingTiers.map(({ name }) => name)]).toEqual([false, ['Standard', 'Long']])
    expect(await client.api.models.get(model.id)).toEqual(model)
    expect(await call()).toEqual([{ modelId: model.id, totalCost: 300.2 }])
    await client.api.models.delete(model.id)
    expect(await call()).toEqual([{ modelId: null, totalCost: 0 }])
    await expect(client.api.models.delete(model.id)).rejects.toMatchObject({ statusCode: 404 })
  })
})
