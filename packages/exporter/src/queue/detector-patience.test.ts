import { resourceFromAttributes } from '@opentelemetry/resources'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DetectorPatience } from './detector-patience.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = new Promise<string>(() => {})

function setUp() {
  let overdue = 0
  const patience = new DetectorPatience(1000, () => {
    overdue++
  })
  return { patience, overdue: () => overdue }
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

describe('DetectorPatience', () => {
  it('detected() resolves at once when there is nothing to detect', async () => {
    const { patience } = setUp()
    const resource = resourceFromAttributes({ a: 1 })
    expect(patience.isDetecting(resource)).toBe(false)
    expect(await isSettled(patience.detected(resource))).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('detected() waits for what a detector finds', async () => {
    const { patience, overdue } = setUp()
    let find = (_value: string): void => {}
    const resource = resourceFromAttributes({
      a: new Promise<string>((resolve) => {
        find = resolve
      }),
    })
    const detected = patience.detected(resource)
    expect(await isSettled(detected)).toBe(false)
    find('found')
    expect(await isSettled(detected)).toBe(true)
    expect([resource.attributes.a, overdue(), vi.getTimerCount()]).toEqual(['found', 0, 0])
  })

  it('detected() gives up a detector whose time is up, counted from when its resource was met first, and for good', async () => {
    const { patience, overdue } = setUp()
    const resource = resourceFromAttributes({ a: never })
    expect(patience.isDetecting(resource)).toBe(true)
    await vi.advanceTimersByTimeAsync(900)
    const detected = patience.detected(resource)
    await vi.advanceTimersByTimeAsync(99)
    expect([await isSettled(detected), overdue()]).toEqual([false, 0])
    await vi.advanceTimersByTimeAsync(1)
    expect([await isSettled(detected), overdue()]).toEqual([true, 1])
    expect([patience.isDetecting(resource), await isSettled(patience.detected(resource))]).toEqual([false, true])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('detected() does not reject when a resource does', async () => {
    const { patience } = setUp()
    const resource = Object.create(resourceFromAttributes({ a: never }), {
      waitForAsyncAttributes: {
        value: () => {
          throw new Error('broken')
        },
      },
    })
    await expect(patience.detected(resource)).resolves.toBeUndefined()
  })
})
