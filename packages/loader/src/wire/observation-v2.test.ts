import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { recordedBody, recordedRows } from '../testing/recorded.fixture.js'
import { readObservationV2 } from './observation-v2.js'
import { readPage } from './page.js'

const MINIMAL = { id: 'a', traceId: 't', startTime: '2026-11-23T04:08:02.780Z', type: 'SPAN' }

describe('readObservationV2()', () => {
  it('readObservationV2() reads a recorded generation with all fields', () => {
    const [, generation] = recordedRows('03_v2_observations_all_fields')
    expect(generation).toMatchObject({
      id: '627e8459f425a3d4',
      traceId: '982bac9497d68e07c091d2fe69ab4d03',
      parentId: '84705124a7fb8f1a',
      isRoot: false,
      type: 'GENERATION',
      name: 'llm-call',
      startTime: new Date('2026-11-23T04:08:02.580Z'),
      endTime: new Date('2026-11-23T04:08:03.380Z'),
      timeToFirstTokenSeconds: 0.2,
      level: 'DEFAULT',
      statusMessage: null,
      input: '[{"role":"user","content":"hello?"}]',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2, max_tokens: 100 },
      usage: { input: 11, output: 7, total: 18 },
      cost: { input: 0.001, output: 0.002, total: 0.003 },
      totalCostUsd: 0.003,
      promptName: 'my-prompt',
      promptVersion: 3,
      traceName: 'my-trace',
      tags: ['tag-a', 'tag-b'],
      userId: 'user-1',
      sessionId: 'sess-1',
      environment: 'e2e',
      release: 'v1.2.3',
      version: 'ver-9',
    })
  })

  it('readObservationV2() takes empty strings, nulls and absent groups for none', () => {
    const [tool] = recordedRows('03_v2_observations_all_fields')
    expect(tool).toMatchObject({
      statusMessage: 'boom',
      input: null,
      output: null,
      model: null,
      promptName: null,
      userId: null,
      traceName: null,
      version: null,
    })
    const [row] = recordedRows('04_v2_observations_default_fields')
    expect(row).toMatchObject({ input: null, metadata: {}, usage: {}, tags: [], traceName: null, totalCostUsd: null })
    expect(readObservationV2(MINIMAL, 'data[0]')).toMatchObject({
      name: null,
      endTime: null,
      level: 'DEFAULT',
      isRoot: false,
    })
  })

  it.each<[string, unknown]>([
    ['id', ''],
    ['id', 7],
    ['traceId', null],
    ['type', null],
    ['startTime', null],
    ['startTime', '7'],
    ['startTime', 1_700_000_000_000],
    ['startTime', '2026-13-23T04:08:02.780Z'],
    ['startTime', '2026-11-23 04:08:02'],
    ['endTime', 'later'],
    ['parentObservationId', 5],
    ['isRootObservation', 'true'],
    ['level', 'FATAL'],
    ['statusMessage', {}],
    ['metadata', 'text'],
    ['metadata', []],
    ['usageDetails', { input: '3' }],
    ['costDetails', []],
    ['totalCost', '0.5'],
    ['tags', 'prod'],
    ['tags', ['a', 1]],
    ['latency', '0.1'],
    ['modelParameters', 5],
    ['promptVersion', '3'],
  ])('readObservationV2() names the field when %s is %j', (field, value) => {
    const read = () => readObservationV2({ ...MINIMAL, [field]: value }, 'data[3]')
    expect(read).toThrow(LoaderError)
    expect(read).toThrow(`Cannot read the answer: data[3].${field}`)
  })

  it.each<[string, unknown, string]>([
    ['no object', null, 'the answer should be an object, found null'],
    ['a list', [], 'the answer should be an object, found an array'],
    ['data as object', { data: {}, meta: {} }, 'data should be a list, found an object'],
    ['no meta', { data: [] }, 'meta should be an object, found nothing'],
    ['a row that is none', { data: [5], meta: {} }, 'data[0] should be an object, found a number'],
    [
      'a cursor that is none',
      { data: [], meta: { cursor: 5 } },
      'meta.cursor should be a string or null, found a number',
    ],
  ])('readPage() refuses %s', (_, body, message) => {
    expect(() => readPage(body, readObservationV2)).toThrow(message)
  })

  it('readPage() reads the cursor of a recorded page', () => {
    expect(readPage(recordedBody('06_v2_observations_page1'), readObservationV2).cursor).toMatch(/^eyJ/)
    expect(readPage(recordedBody('03_v2_observations_all_fields'), readObservationV2).cursor).toBeNull()
  })
})
