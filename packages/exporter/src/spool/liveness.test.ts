import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Liveness, SILENCE_MILLIS } from './liveness.js'
import { ManualClock } from './manual-clock.fixture.js'
import { writeOwnerFile } from './owner-file.js'
import { type ProcessIdentity, readProcessIdentity } from './process-identity.js'
import { temporaryFolder } from './spool-in-folder.fixture.js'

/** Above what Linux and macOS give out. */
const UNUSED_PID = 2 ** 30

const us: ProcessIdentity = { pid: 7, kernel: 'boot-1 time', pidNamespace: 'pid:[1]', startTicks: '5' }
const inOtherContainer: ProcessIdentity = { ...us, pidNamespace: 'pid:[2]' }
const onOtherMachine: ProcessIdentity = { ...us, kernel: 'boot-2 time' }
const withoutProc: ProcessIdentity = { pid: 7, host: 'a' }

/** An owner who wrote at `beatMillis` of its clock, and us looking at it with `self`'s eyes. */
function sighting(owner: ProcessIdentity, self: ProcessIdentity = us, clock: ManualClock = new ManualClock()) {
  const path = join(temporaryFolder(), 'x.owner')
  let writtenMillis = writeOwnerFile(path, { identity: owner, beatMillis: clock.monotonicMillis() })
  const liveness = new Liveness(self, clock)
  return {
    path,
    clock,
    beat() {
      writtenMillis = writeOwnerFile(path, { identity: owner, beatMillis: clock.monotonicMillis() })
    },
    /** @param sinceWritten - How far the clock of the file system has gone since. */
    isDead: (sinceWritten = 0) => liveness.isDead(path, writtenMillis + sinceWritten),
  }
}

describe('Liveness.isDead()', () => {
  it('is true when there is no file', () => {
    const { path, isDead } = sighting(onOtherMachine)
    rmSync(path)
    expect(isDead()).toBe(true)
  })

  describe('in our own pid namespace', () => {
    const self = readProcessIdentity()
    const isLinux = self.kernel !== undefined

    it.runIf(isLinux)('is false for a process that runs, however long it is silent and whatever the clocks say', () => {
      const { clock, isDead } = sighting(self, self)
      clock.advance(100 * SILENCE_MILLIS)
      for (const since of [0, 1e12, -1e12]) expect(isDead(since)).toBe(false)
    })

    it.runIf(isLinux)('is true at once for a process that is gone', () => {
      expect(sighting({ ...self, pid: UNUSED_PID }, self).isDead()).toBe(true)
    })

    it.runIf(isLinux)('is true at once when the pid belongs to a later process', () => {
      expect(sighting({ ...self, startTicks: '1' }, self).isDead()).toBe(true)
    })

    it('is true at once without /proc when nobody has the pid', () => {
      expect(sighting({ ...withoutProc, pid: UNUSED_PID }, withoutProc).isDead()).toBe(true)
    })

    it('is false without /proc while the pid is in use, until it is silent for too long', () => {
      const { clock, isDead } = sighting({ ...withoutProc, pid: process.pid }, withoutProc)
      expect(isDead()).toBe(false)
      clock.advance(SILENCE_MILLIS)
      expect(isDead()).toBe(true)
    })
  })

  describe('in another container of the same machine', () => {
    it('goes by the clock of the kernel', () => {
      const { clock, beat, isDead } = sighting(inOtherContainer)
      clock.advance(SILENCE_MILLIS - 1)
      expect(isDead()).toBe(false)
      clock.advance(1)
      expect(isDead()).toBe(true)
      beat()
      expect(isDead()).toBe(false)
    })

    it('does not care how far the wall clock is moved', () => {
      const { clock, isDead } = sighting(inOtherContainer)
      for (const since of [1e12, -1e12]) expect(isDead(since)).toBe(false)
      clock.advance(SILENCE_MILLIS)
      for (const since of [1e12, -1e12]) expect(isDead(since)).toBe(true)
    })
  })

  describe.each([
    ['on another machine, or before a restart', onOtherMachine, us],
    ['on another machine without /proc', { ...withoutProc, host: 'b' }, withoutProc],
    ['without /proc, for us who have it', withoutProc, us],
    ['on Linux without /proc', { pid: UNUSED_PID }, { pid: 7 }],
  ])('%s', (_, owner, self) => {
    it('goes by the clock of the file system', () => {
      const { isDead } = sighting(owner, self)
      expect(isDead(SILENCE_MILLIS - 1)).toBe(false)
      expect(isDead(SILENCE_MILLIS)).toBe(true)
    })

    it('goes by how long nothing was seen to change when that clock was set back', () => {
      const { clock, beat, isDead } = sighting(owner, self)
      const anHourBack = -3_600_000
      expect(isDead(anHourBack)).toBe(false)
      clock.advance(SILENCE_MILLIS - 1)
      expect(isDead(anHourBack)).toBe(false)
      beat()
      expect(isDead(anHourBack)).toBe(false)
      clock.advance(SILENCE_MILLIS - 1)
      expect(isDead(anHourBack)).toBe(false)
      clock.advance(1)
      expect(isDead(anHourBack)).toBe(true)
    })
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"identity":{"pid":7,"ho'],
    ['another value', '[]'],
    ['null', 'null'],
    ['no identity', '{"beatMillis":1}'],
    ['a pid that is none', '{"identity":{"pid":"7","host":"a"},"beatMillis":1}'],
    ['no time', '{"identity":{"pid":7,"host":"a"}}'],
  ])('goes by the silence of an owner whose file holds %s', (_, text) => {
    const { path, clock, isDead } = sighting(us)
    writeFileSync(path, text)
    utimesSync(path, 1000, 1000)
    const liveness = new Liveness(us, clock)
    expect(liveness.isDead(path, 1_000_000)).toBe(false)
    expect(liveness.isDead(path, 1_000_000 + SILENCE_MILLIS)).toBe(true)
    clock.advance(SILENCE_MILLIS)
    expect(liveness.isDead(path, 0)).toBe(true)
    expect(isDead()).toBe(true)
  })

  it('forgets how long it has watched who is not there any more', () => {
    const { clock, path } = sighting(onOtherMachine)
    const liveness = new Liveness(us, clock)
    expect(liveness.isDead(path, 0)).toBe(false)
    liveness.retain(new Set())
    clock.advance(SILENCE_MILLIS)
    expect(liveness.isDead(path, 0)).toBe(false)
    liveness.retain(new Set([path]))
    clock.advance(SILENCE_MILLIS)
    expect(liveness.isDead(path, 0)).toBe(true)
  })
})
