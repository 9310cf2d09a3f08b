import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { type OriginMetadata, observationMetadata, originMetadata } from './metadata.js'

const of = (attributes: object): ReturnType<typeof emptyAttributes> => Object.assign(emptyAttributes(), attributes)
const origin = (name: string, resourceAttributes = emptyAttributes()): OriginMetadata =>
  originMetadata({ resourceAttributes, scope: { name, version: undefined, attributes: emptyAttributes() } })

describe('observationMetadata()', () => {
  it.each([
    [
      { 'langfuse.observation.metadata': '{"a":{"b":{"c":1}},"list":[1,{"x":2}]}' },
      { 'a.b.c': '1', list: '[1,{"x":2}]' },
    ],
    [{ 'langfuse.observation.metadata': 'no json' }, {}],
    [{ 'langfuse.observation.metadata': '7' }, {}],
    [{ 'langfuse.observation.metadata': '{"k":null}' }, { k: '' }],
    // The trace's metadata wins over the observation's.
    [{ 'langfuse.observation.metadata.k': 'o', 'langfuse.trace.metadata.k': 't' }, { k: 't' }],
    [{ 'langfuse.observation.metadata.': 'x' }, {}],
    [{ 'ai.telemetry.metadata.team': 'x', 'ai.telemetry.metadata.userId': 'u' }, { team: 'x' }],
    // The first of two paths to one key stays.
    [{ 'langfuse.observation.metadata': '{"a":{"b":1}}', 'langfuse.observation.metadata.a.b': 2 }, { 'a.b': '1' }],
    [{ 'langfuse.observation.metadata.scope': 'mine' }, { scope: 'mine' }],
  ])('observationMetadata() flattens %j', (attributes, expected) => {
    const metadata = observationMetadata(of(attributes), origin('langfuse-sdk'))
    expect({ ...metadata }).toEqual('scope' in expected ? expected : { ...expected, 'scope.name': 'langfuse-sdk' })
  })

  it('observationMetadata() repeats the attributes of other scopes, but no payloads', () => {
    const attributes = of({
      'num.chunks': 3,
      'input.value': 'x',
      'gen_ai.prompt.0.content': 'y',
      'langfuse.observation.metadata.k': 'v',
      tags: ['a'],
    })
    expect({ ...observationMetadata(attributes, origin('other', of({ 'service.name': 's' }))) }).toEqual({
      k: 'v',
      'attributes.num.chunks': '3',
      'attributes.tags': '["a"]',
      'resourceAttributes.service.name': 's',
      'scope.name': 'other',
    })
  })
})
