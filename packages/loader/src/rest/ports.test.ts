import { describe, expect, it } from 'vitest'
import { SYSTEM_PORTS } from './ports.js'

describe('SYSTEM_PORTS', () => {
  it('sleep() resolves, and rejects as soon as its signal fires', async () => {
    await SYSTEM_PORTS.sleep(0, undefined)
    await expect(SYSTEM_PORTS.sleep(60_000, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    const controller = new AbortController()
    const sleeping = SYSTEM_PORTS.sleep(60_000, controller.signal)
    controller.abort()
    await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' })
  })
})
