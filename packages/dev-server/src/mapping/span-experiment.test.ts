import { describe, expect, it } from 'vitest'
import type { Attributes } from '../decode-otlp/attributes.js'
import { spanExperiment } from './span-experiment.js'

const NONE = { id: '', name: '', datasetId: '', itemRootId: '' }
const EMPTY = {
  ...NONE,
  id: 'e',
  description: '',
  metadata: {},
  itemId: '',
  itemVersionMillis: null,
  itemMetadata: {},
  expectedOutput: '',
}

describe('spanExperiment()', () => {
  it.each<[string, Attributes, object]>([
    ['no experiment', {}, NONE],
    ['an empty id', { id: '', name: 'n', description: 'd', 'item.id': 'i' }, { ...NONE, name: 'n' }],
    ['an id alone', { id: 'e' }, EMPTY],
    [
      'everything',
      {
        ...{ id: 'e', name: 'n', description: 'd', metadata: '{"a":"1"}', 'dataset.id': 'ds' },
        ...{ 'item.id': 'i', 'item.version': '2026-11-22T00:00:00Z', 'item.metadata': '{"b":[1]}' },
        ...{ 'item.root_observation_id': 'r', 'item.expected_output': 'x' },
      },
      {
        ...{
          id: 'e',
          name: 'n',
          description: 'd',
          metadata: { a: '1' },
          datasetId: 'ds',
          itemId: 'i',
          itemRootId: 'r',
        },
        ...{ itemVersionMillis: Date.parse('2026-11-22T00:00:00Z'), itemMetadata: { b: '[1]' }, expectedOutput: 'x' },
      },
    ],
    [
      'nested metadata, and an attribute for a key',
      { id: 'e', metadata: '{"a":{"b":{"c":true}},"d":null}', 'metadata.e': 'f', 'metadata.': 'no key' },
      { ...EMPTY, metadata: { 'a.b.c': 'true', d: '', e: 'f' } },
    ],
    ['metadata that is no object', { id: 'e', metadata: '[1]', 'item.metadata': 'text' }, EMPTY],
    ['metadata that nests too deep', { id: 'e', metadata: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` }, EMPTY],
    ['a version that is no time', { id: 'e', 'item.version': 'v1' }, EMPTY],
    ['values that are no text', { id: 7, name: true, metadata: 1 }, { ...EMPTY, id: '7', name: 'true' }],
  ])('spanExperiment() reads %s', (_what, attributes, expected) => {
    const named = Object.entries(attributes).map(([name, value]) => [`langfuse.experiment.${name}`, value])
    const found = spanExperiment(Object.fromEntries(named))
    // Metadata has no prototype, so that a key may have any name.
    expect(JSON.parse(JSON.stringify(found))).toEqual(expected)
    expect(Object.keys(found).length).toBe(Object.keys(expected).length)
  })

  it('spanExperiment() keeps a key of metadata that is the name of the prototype', () => {
    const { metadata } = spanExperiment({
      'langfuse.experiment.id': 'e',
      'langfuse.experiment.metadata': '{"__proto__":"x"}',
    })
    expect(Object.entries(metadata ?? {})).toEqual([['__proto__', 'x']])
  })
})
