import { isContentCaptured, setContentCapture } from '@axion/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { holdContentGate } from './hold-content-gate.js'

afterEach(() => {
  setContentCapture(undefined)
  vi.unstubAllEnvs()
})

describe('holdContentGate()', () => {
  it('holdContentGate() leaves the gate alone when there is no wish', () => {
    setContentCapture(false)
    const release = holdContentGate(undefined)
    expect(isContentCaptured()).toBe(false)
    release()
    expect(isContentCaptured()).toBe(false)
  })

  it.each<[string, boolean, boolean]>([
    ['first', false, true],
    ['second', true, false],
  ])('holdContentGate() keeps the gate closed while one wants it closed, the %s', (_which, first, second) => {
    const releases = [first, second].map((enabled) => ({ enabled, release: holdContentGate(enabled) }))
    expect(isContentCaptured()).toBe(false)
    releases.find(({ enabled }) => enabled)?.release()
    expect(isContentCaptured()).toBe(false)
    releases.find(({ enabled }) => !enabled)?.release()
    expect(isContentCaptured()).toBe(true)
  })

  it.each([
    [false, true],
    [false, false],
    [true, false],
    [true, true],
  ])('holdContentGate() gives back what the application had set: %s under a hold of %s', (own, held) => {
    setContentCapture(own)
    const release = holdContentGate(held)
    expect(isContentCaptured()).toBe(held)
    release()
    expect(isContentCaptured()).toBe(own)
  })

  it('holdContentGate() gives the environment back its word', () => {
    vi.stubEnv('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', 'false')
    const release = holdContentGate(true)
    expect(isContentCaptured()).toBe(true)
    release()
    expect(isContentCaptured()).toBe(false)
  })

  it('holdContentGate() neither opens nor forgets a gate that the application closed while it was held', () => {
    const first = holdContentGate(true)
    setContentCapture(false)
    const second = holdContentGate(true)
    expect(isContentCaptured()).toBe(false)
    second()
    expect(isContentCaptured()).toBe(false)
    first()
    expect(isContentCaptured()).toBe(false)
  })

  it('holdContentGate() lets go once, however often it is told to', () => {
    const closed = holdContentGate(false)
    const other = holdContentGate(false)
    closed()
    closed()
    expect(isContentCaptured()).toBe(false)
    other()
    setContentCapture(false)
    other()
    expect(isContentCaptured()).toBe(false)
  })
})
