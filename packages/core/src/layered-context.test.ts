import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { LayeredContext } from './layered-context.js'

const A = createContextKey('layered-a')
const B = createContextKey('layered-b')

describe('LayeredContext', () => {
  it('getValue() gives what was set last, else what the context underneath has', () => {
    const base = ROOT_CONTEXT.setValue(A, 'base').setValue(B, 'base')
    const layered = LayeredContext.over(base).setValue(A, 'one').setValue(A, 'two')
    expect([layered.getValue(A), layered.getValue(B)]).toEqual(['two', 'base'])
    expect(LayeredContext.over(ROOT_CONTEXT).getValue(A)).toBeUndefined()
  })

  it('setValue() and deleteValue() leave the context they are called on, and the one underneath, as they were', () => {
    const base = ROOT_CONTEXT.setValue(A, 'base')
    const first = LayeredContext.over(base).setValue(B, 'first')
    const second = first.setValue(B, 'second')
    const without = second.deleteValue(A)
    expect([first.getValue(B), second.getValue(B), second.getValue(A)]).toEqual(['first', 'second', 'base'])
    expect(without.getValue(A)).toBeUndefined()
    expect(without.setValue(A, 'again').getValue(A)).toBe('again')
    expect(base.getValue(A)).toBe('base')
  })

  it('setValue() takes the place of what a key had, so that a context in a long chain of spans is as small as the first', () => {
    let layered = LayeredContext.over(ROOT_CONTEXT)
    for (let i = 0; i < 100_000; i++) layered = layered.setValue(A, i).setValue(B, i)
    // Each value that was left in place would be a call on the way to the root.
    expect(layered.getValue(createContextKey('none'))).toBeUndefined()
    expect([layered.getValue(A), layered.getValue(B)]).toEqual([99_999, 99_999])
  })

  it('over() gives one of this class as it is, so that layers do not pile up', () => {
    const layered = LayeredContext.over(ROOT_CONTEXT).setValue(A, 1)
    expect(LayeredContext.over(layered)).toBe(layered)
  })
})
