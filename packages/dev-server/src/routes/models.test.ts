import { describe, expect, it } from 'vitest'
import { createModelFinder, MODELS } from '../mapping/model-prices.js'
import { ALL_FIELDS, recorded, span, startTestServer } from '../test-server.fixture.js'
import { modelNameOf } from '../wire/model-json.js'

describe('listModels() and showModel()', () => {
  it('listModels() shows models in the shape of the recorded one, in pages', async () => {
    const server = await startTestServer()
    const { body } = await server.get('/api/public/models?limit=100')
    expect(body.meta).toEqual({
      page: 1,
      limit: 100,
      totalItems: MODELS.length,
      totalPages: Math.ceil(MODELS.length / 100),
    })
    const [expected] = recorded('48_models_get').response.body.data
    const shape = (model: Record<string, unknown>): string[] => Object.keys(model).sort()
    for (const model of body.data) {
      expect(shape(model)).toEqual(shape(expected))
      expect(shape(model.pricingTiers[0])).toEqual(shape(expected.pricingTiers[0]))
    }
    const second = await server.get('/api/public/models?limit=100&page=2')
    expect(second.body.data).toHaveLength(Math.min(100, MODELS.length - 100))
  })

  it('showModel() shows the prices by which an observation costs what it does', async () => {
    const server = await startTestServer()
    const usage = { 'langfuse.observation.usage_details': '{"input":1000,"output":10}' }
    await server.ingest(span({}, { 'langfuse.observation.model.name': 'gpt-4o-mini', ...usage }))
    const [observation] = await server.observations({ fields: ALL_FIELDS })
    const { body } = await server.get(`/api/public/models/${observation.modelId}`)
    expect(body.modelName).toBe('gpt-4o-mini')
    expect(observation.totalCost).toBeCloseTo(1000 * body.inputPrice + 10 * body.outputPrice, 12)
    expect((await server.get('/api/public/models/none')).status).toBe(404)
  })
})

describe('modelNameOf()', () => {
  it('modelNameOf() finds for each pattern a name that it matches', () => {
    for (const { matchPattern, pattern } of MODELS) expect(modelNameOf(matchPattern)).toMatch(pattern)
  })

  it.each([
    ['^(openai/)?(gpt-4o)$', 'gpt-4o'],
    ['^(openai/)?(gpt-5.5(-2026-04-23)?)$', 'gpt-5.5'],
    ['^((anthropic\\/)?claude-opus-5|(eu\\.|us\\.)?anthropic\\.claude-opus-5(-v1(:0)?)?)$', 'claude-opus-5'],
    ['^(google(ai)?/)?(gemini-2.0-flash)(@[a-zA-Z0-9]+)?$', 'gemini-2.0-flash'],
  ])('modelNameOf() takes from %s the name %s', (pattern, name) => {
    expect(modelNameOf(pattern)).toBe(name)
  })

  it('createModelFinder() finds most models by the name they are listed under', () => {
    const find = createModelFinder()
    const others = MODELS.filter(({ id, matchPattern }) => find(modelNameOf(matchPattern))?.id !== id)
    expect(others).toEqual([])
  })
})
