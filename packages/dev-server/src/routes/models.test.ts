import { describe, expect, it } from 'vitest'
import { createModelFinder, MODELS } from '../mapping/model-prices.js'
import { ALL_FIELDS, recorded, span, startTestServer, temporaryDirectory } from '../test-server.fixture.js'
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

const NO_PRICES = { inputPrice: undefined, outputPrice: undefined }
const NOT_OURS =
  'No model with this id found. Note: You cannot delete built-in models, override them with a model with the same name.'
const PATH = '/api/public/models'
const MODEL = { modelName: 'house', matchPattern: '(?i)^house-', unit: 'TOKENS', inputPrice: 0.5, outputPrice: 2 }
const tier = (fields: object = {}) => ({
  name: 'Standard',
  isDefault: true,
  priority: 0,
  conditions: [],
  prices: { input: 1 },
  ...fields,
})
const CONDITION = { usageDetailPattern: '^input', operator: 'gt', value: 100 }
const large = (fields: object = {}) => {
  const conditions = [CONDITION]
  return tier({ name: ' Large ', isDefault: false, priority: 3, conditions, prices: { input: 2 }, ...fields })
}

// Not recorded: reconstructed from Langfuse 4.16's web/src/features/models/server/publicApiModelService.ts and its schemas.
describe('createModel() and deleteModel()', () => {
  it('createModel() answers and lists the model, which prices what comes in afterwards', async () => {
    const server = await startTestServer({ clock: () => Date.parse('2026-11-24T00:00:00Z') })
    const call = (spanId: string): object =>
      span(
        { spanId },
        {
          'langfuse.observation.model.name': 'House-1',
          'langfuse.observation.usage_details': '{"input":3,"output":1}',
        },
      )
    await server.ingest({ ...call('00000000000000aa') })
    const { status, body } = await server.send('POST', PATH, {
      ...MODEL,
      startDate: '2026-01-01',
      tokenizerConfig: { a: 1 },
    })
    const { id } = body
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...{ id, createdAt: '2026-11-24T00:00:00.000Z', modelName: 'house', matchPattern: '(?i)^house-' },
        ...{ startDate: '2026-01-01T00:00:00.000Z', tokenizerId: null, tokenizerConfig: { a: 1 }, unit: 'TOKENS' },
        ...{
          inputPrice: 0.5,
          outputPrice: 2,
          totalPrice: null,
          prices: { input: { price: 0.5 }, output: { price: 2 } },
        },
        isLangfuseManaged: false,
        pricingTiers: [tier({ id: `${id}_tier_default`, prices: { input: 0.5, output: 2 } })],
      },
    })
    expect((await server.get(`${PATH}/${id}`)).body).toEqual(body)
    const pages = await Promise.all([1, 2].map((page) => server.get(`${PATH}?limit=100&page=${page}`)))
    const listed = pages.flatMap((page) => page.body.data)
    expect(listed.map((model) => model.modelName)).toEqual(
      [...MODELS.map(({ matchPattern }) => modelNameOf(matchPattern)), 'house'].sort((a, b) => a.localeCompare(b)),
    )
    expect(listed).toContainEqual(body)

    await server.ingest({ ...call('00000000000000bb') })
    const rows = await server.observations({ fields: ALL_FIELDS })
    expect(rows.map((row) => [row.id, row.modelId, row.totalCost, row.inputPrice, row.usagePricingTierName])).toEqual(
      expect.arrayContaining([
        ['00000000000000aa', null, 0, null, null],
        ['00000000000000bb', id, 3.5, '0.5', 'Standard'],
      ]),
    )
  })

  it('createModel() keeps tiers by priority, and prices by the one that fits', async () => {
    const server = await startTestServer()
    const pricingTiers = [large(), tier()]
    const { status, body } = await server.send('POST', PATH, { ...MODEL, ...NO_PRICES, pricingTiers })
    expect(status).toBe(200)
    expect(body.pricingTiers).toEqual([
      { ...tier(), id: expect.any(String) },
      {
        ...large(),
        name: 'Large',
        id: expect.any(String),
        conditions: [{ ...CONDITION, caseSensitive: false }],
      },
    ])
    const usage = { 'langfuse.observation.usage_details': '{"input":101}' }
    await server.ingest(span({}, { 'langfuse.observation.model.name': 'house-2', ...usage }))
    const [row] = await server.observations({ fields: ALL_FIELDS })
    expect([row.totalCost, row.usagePricingTierName, row.inputPrice]).toEqual([202, 'Large', '1'])
  })

  it('deleteModel() deletes a model of the project and no other, and what it priced keeps its cost', async () => {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir })
    const { body } = await server.send('POST', PATH, MODEL)
    const usage = { 'langfuse.observation.usage_details': '{"input":1}' }
    const call = (spanId: string) => span({ spanId }, { 'langfuse.observation.model.name': 'house-1', ...usage })
    await server.close()
    // Models of the project are there from the start on.
    const again = await startTestServer({ dataDir })
    await again.ingest(call('00000000000000aa'))
    const deleted = await again.send('DELETE', `${PATH}/${body.id}`, undefined)
    expect([deleted.status, deleted.body]).toEqual([200, { message: 'Model successfully deleted' }])
    await again.ingest(call('00000000000000bb'))
    const rows = await again.observations({ fields: ALL_FIELDS })
    const costs = rows.map((row) => [row.id.slice(-2), row.totalCost, row.modelId, row.inputPrice])
    expect(costs.sort()).toEqual([
      ['aa', 0.5, null, null],
      ['bb', 0, null, null],
    ])
    for (const id of [body.id, MODELS[0]?.id, 'none']) {
      expect(await again.send('DELETE', `${PATH}/${id}`, undefined)).toMatchObject({
        status: 404,
        body: { error: 'LangfuseNotFoundError', message: NOT_OURS },
      })
    }
    expect((await again.get(`${PATH}/${MODELS[0]?.id}`)).status).toBe(200)
    expect((await again.send('POST', PATH, MODEL)).status).toBe(200)
  })

  it('createModel() refuses a name that the project has, and takes that of a known model', async () => {
    const server = await startTestServer()
    for (const modelName of ['house', 'gpt-4o'])
      expect((await server.send('POST', PATH, { ...MODEL, modelName })).status).toBe(200)
    expect(await server.send('POST', PATH, MODEL)).toMatchObject({
      status: 400,
      body: { message: "Model name 'house' already exists in project", error: 'InvalidRequestError' },
    })
  })

  const custom = (message: string, ...path: string[]) => [{ code: 'custom', path, message }]
  const both = 'Must provide either flat prices (inputPrice/outputPrice/totalPrice) OR pricingTiers'
  const ofTiers = (message: string, ...pricingTiers: object[]) =>
    [message, { ...NO_PRICES, pricingTiers }, custom(message, 'pricingTiers')] as const
  it.each<readonly [string, object, unknown]>([
    ['no prices', NO_PRICES, custom(both)],
    ['prices of both kinds', { pricingTiers: [tier()] }, custom(`${both}, not both`)],
    [
      'a total beside parts',
      { totalPrice: 1 },
      custom('If input and/or output price is set, total price must be null', 'totalPrice'),
    ],
    ofTiers('Exactly one pricing tier must have isDefault: true', large()),
    ofTiers('Only one pricing tier can have isDefault: true, found 2', tier(), tier({ name: 'b' })),
    ofTiers('Default pricing tier must have priority: 0', tier({ priority: 1 })),
    ofTiers('Default pricing tier must have empty conditions array', tier({ conditions: [CONDITION] })),
    ofTiers('Non-default pricing tier "Large" must have at least one condition', tier(), large({ conditions: [] })),
    ofTiers('Pricing tier priorities must be unique within a model', tier(), large({ priority: 0 })),
    ofTiers('Pricing tier names must be unique', tier(), large({ name: 'Standard ' })),
    ofTiers('Pricing tier "Standard" must have at least one price defined', tier({ prices: {} })),
    ofTiers(
      'Pricing tier "Large" must have the same usage keys as the default tier. Expected: [input], Got: [input, output]',
      tier(),
      large({ prices: { output: 1, input: 1 } }),
    ),
    [
      'a price below nothing',
      { inputPrice: -1 },
      [
        expect.objectContaining({
          code: 'too_small',
          path: ['inputPrice'],
          message: 'Too small: expected number to be >=0',
        }),
      ],
    ],
    ['no unit', { unit: 'WORDS' }, [expect.objectContaining({ code: 'invalid_value', path: ['unit'] })]],
    ['a date that is none', { startDate: 'soon' }, [expect.objectContaining({ path: ['startDate'] })]],
    [
      'a tier of a high priority',
      { ...NO_PRICES, pricingTiers: [tier({ priority: 1000 })] },
      [expect.objectContaining({ message: 'Priority cannot exceed 999', path: ['pricingTiers', 0, 'priority'] })],
    ],
    [
      'a dangerous pattern of usage',
      {
        ...NO_PRICES,
        pricingTiers: [tier(), large({ conditions: [{ usageDetailPattern: '(a+)+', operator: 'gt', value: 1 }] })],
      },
      [expect.objectContaining({ message: expect.stringContaining('catastrophic backtracking') })],
    ],
  ])('createModel() refuses %s', async (_what, fields, error) => {
    const server = await startTestServer()
    const { status, body } = await server.send('POST', PATH, { ...MODEL, ...fields })
    expect({ status, body }).toEqual({ status: 400, body: { message: 'Invalid request data', error } })
    expect((await server.get(PATH)).body.meta.totalItems).toBe(MODELS.length)
  })

  it.each(['(', '[a', 'x\\'])('createModel() refuses the pattern %j', async (matchPattern) => {
    const server = await startTestServer()
    expect(await server.send('POST', PATH, { ...MODEL, matchPattern })).toMatchObject({
      status: 400,
      body: { message: 'matchPattern is not a valid regex pattern (Postgres)' },
    })
  })
})

describe('modelNameOf()', () => {
  it('modelNameOf() finds for each pattern a name that it matches', () => {
    for (const { matchPattern, pattern } of MODELS) expect(pattern.test(modelNameOf(matchPattern))).toBe(true)
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
