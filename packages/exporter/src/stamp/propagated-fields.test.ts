import { getPropagatedAttributesFromContext, propagateAttributes } from '@langfuse/core'
import { type Context, context, createContextKey, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isClaimedElsewhere, propagatedFields } from './propagated-fields.js'

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

const inBaggage = (entries: Record<string, string>): Context =>
  propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage(Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }]))),
  )

describe('propagatedFields()', () => {
  it('propagatedFields() reads what @langfuse/core propagates, as @langfuse/otel does', () => {
    const fields = {
      userId: 'u',
      sessionId: 's',
      traceName: 'n',
      version: 'v',
      tags: ['a', 'b'],
      metadata: { tenant: 't' },
    }
    const contexts = [false, true].map((asBaggage) =>
      propagateAttributes({ ...fields, asBaggage }, () => context.active()),
    )
    for (const propagated of contexts) {
      expect(propagatedFields(propagated)).toEqual({
        'user.id': 'u',
        'session.id': 's',
        'langfuse.trace.name': 'n',
        'langfuse.version': 'v',
        'langfuse.trace.tags': ['a', 'b'],
        'langfuse.trace.metadata.tenant': 't',
      })
      expect(propagatedFields(propagated)).toEqual(getPropagatedAttributesFromContext(propagated))
    }
  })

  it('propagatedFields() agrees with @langfuse/core on any baggage and context', () => {
    const names = [
      'user_id',
      'session_id',
      'version',
      'trace_name',
      'environment',
      'tags',
      'prompt_name',
      'prompt_version',
    ]
    const experiment = ['id', 'name', 'metadata', 'dataset_id', 'item_id', 'item_metadata', 'item_root_observation_id']
    const ends = [...names, ...experiment.map((end) => `experiment_${end}`), 'metadata_tenant', 'unknown', 'trace_id']
    const text = fc.oneof(fc.constantFrom('prod', 'langfuse-x', 'UPPER', '7', 'a,b'), fc.string({ minLength: 1 }))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...ends), text),
        fc.dictionary(fc.constantFrom(...ends), fc.oneof(text, fc.nat(), fc.constant(null))),
        (baggage, values) => {
          const named = Object.fromEntries(Object.entries(baggage).map(([end, value]) => [`langfuse_${end}`, value]))
          let at = inBaggage(named)
          for (const [end, value] of Object.entries(values))
            at = at.setValue(createContextKey(`langfuse_${end}`), value)
          // Ours keeps an environment out that theirs warns about first: the outcome is the same.
          expect(propagatedFields(at)).toEqual(getPropagatedAttributesFromContext(at))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('propagatedFields() prefers the context to baggage, and finds nothing in an empty one', () => {
    const at = inBaggage({ langfuse_user_id: 'far' }).setValue(createContextKey('langfuse_user_id'), 'near')
    expect(propagatedFields(at)).toEqual({ 'user.id': 'near' })
    expect(propagatedFields(ROOT_CONTEXT)).toEqual({})
  })
})

describe('isClaimedElsewhere()', () => {
  it.each([
    [{ langfuse_trace_id: 'AB12' }, true],
    [{ langfuse_trace_id: 'other' }, false],
    [{}, false],
  ])('isClaimedElsewhere() of a trace under baggage %j is %j', (entries, expected) => {
    expect(isClaimedElsewhere(inBaggage(entries), 'ab12')).toBe(expected)
  })
})
