import { describe, expect, it } from 'vitest'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { DoubtLog } from './doubt-log.js'

const batch = (text: string, spanCount = 1): EncodedBatch => ({ body: Buffer.from(text), spanCount })

describe('DoubtLog', () => {
  it('of() knows a batch by what is in it, as it comes back from a disk', () => {
    const log = new DoubtLog()
    const doubt = { attempts: 2, sentMillis: 4, sinceMillis: 5 }
    log.remember(batch('one'), doubt)
    expect([log.of(batch('one')), log.of(batch('two')), log.of(batch('one', 2))]).toEqual([doubt, undefined, undefined])
    log.forget(batch('one'))
    expect(log.of(batch('one'))).toBeUndefined()
  })

  it('remember() forgets the oldest of very many', () => {
    const log = new DoubtLog()
    for (let n = 0; n <= 256; n++) log.remember(batch(`${n}`), { attempts: n, sentMillis: 0, sinceMillis: 0 })
    expect([log.of(batch('0')), log.of(batch('1'))?.attempts, log.of(batch('256'))?.attempts]).toEqual([
      undefined,
      1,
      256,
    ])
  })
})
