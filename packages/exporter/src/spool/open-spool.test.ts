import { describe } from 'vitest'
import { describeSpool } from './spool-contract.fixture.js'
import { openSpoolIn, temporaryFolder } from './spool-in-folder.fixture.js'
import type { FsyncPolicy } from './spool-options.js'

describe.each<FsyncPolicy>(['none', 'batch', 'always'])('openSpool() with fsync: %j', (fsync) => {
  describeSpool(() => {
    const dir = temporaryFolder()
    return { reopen: () => openSpoolIn(dir, { fsync }) }
  })
})

describe('openSpool() with segments of one batch each', () => {
  describeSpool(() => {
    const dir = temporaryFolder()
    return { reopen: () => openSpoolIn(dir, { maxBytes: 9_437_300, evict: 'newest' }) }
  })
})
