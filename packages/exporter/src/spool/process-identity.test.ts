import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { isPidInUse, readProcessIdentity, startTicksOf } from './process-identity.js'
import { temporaryFolder } from './spool-in-folder.fixture.js'

/** Above what Linux and macOS give out. */
const UNUSED_PID = 2 ** 30
const hasProc = existsSync('/proc/self/stat')

describe('readProcessIdentity()', () => {
  it.runIf(hasProc)('tells this process from others by what the kernel knows', () => {
    const identity = readProcessIdentity()
    expect(identity).toMatchObject({
      pid: process.pid,
      kernel: expect.stringContaining(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
      pidNamespace: expect.stringMatching(/^pid:\[\d+\]$/),
      startTicks: startTicksOf(process.pid),
    })
    expect(readProcessIdentity()).toEqual(identity)
  })

  it.runIf(!hasProc)('without /proc names the pid and the host', () => {
    expect(readProcessIdentity()).toEqual({ pid: process.pid, host: expect.any(String) })
  })
})

describe.runIf(hasProc)('startTicksOf()', () => {
  it('finds the start of a process whose name looks like the fields behind it', async () => {
    const path = join(temporaryFolder(), 'x) Z 1 (y')
    writeFileSync(path, '#!/bin/sh\necho started\nread line\n')
    chmodSync(path, 0o700)
    const child = spawn(path, { stdio: ['pipe', 'pipe', 'ignore'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    expect(readFileSync(`/proc/${child.pid}/stat`, 'utf8')).toContain('(x) Z 1 (y)')
    const ticks = Number(startTicksOf(child.pid ?? 0))
    expect(ticks).toBeGreaterThanOrEqual(Number(startTicksOf(process.pid)))
    expect(ticks).toBeLessThanOrEqual(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000)
  })

  it('finds nothing of a process that has ended, even if its parent has not noticed', async () => {
    // `exec` puts a program in the shell's place that does not know of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    await vi.waitFor(() => expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'))
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/^\d+ \(.*\) Z /))
    expect(startTicksOf(pid)).toBeUndefined()
    expect(isPidInUse(pid)).toBe(true)
  })

  it('finds nothing where there is no process', () => {
    expect(startTicksOf(UNUSED_PID)).toBeUndefined()
    expect(startTicksOf(-1)).toBeUndefined()
  })
})

describe('isPidInUse()', () => {
  it.each([
    [process.pid, true],
    [UNUSED_PID, false],
  ])('of %d is %s', (pid, expected) => {
    expect(isPidInUse(pid)).toBe(expected)
  })
})
