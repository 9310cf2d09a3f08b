import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { ManualClock } from './manual-clock.fixture.js'
import { openSpool } from './open-spool.js'
import type { Eviction, LeasedBatch, Spool, SpoolProblem } from './spool.js'
import type { SpoolOptions } from './spool-options.js'

/** A spool, and what it said. */
export interface OpenedSpool {
  readonly spool: Spool
  readonly clock: ManualClock
  readonly problems: SpoolProblem[]
  readonly evictions: Eviction[]
}

/** A folder that goes when the test does. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'axion-spool-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Opens a spool with a clock of its own; closes it when the test ends. */
export function openSpoolIn(dir: string, options: Partial<SpoolOptions> = {}): OpenedSpool {
  const clock = new ManualClock()
  const problems: SpoolProblem[] = []
  const evictions: Eviction[] = []
  const spool = openSpool({
    dir,
    destination: 'https://example.test pk-1',
    maxBytes: 64 * 1024 * 1024,
    fsync: 'none',
    evict: 'oldest',
    clock,
    onProblem: (problem) => problems.push(problem),
    onEvicted: (eviction) => evictions.push(eviction),
    ...options,
  })
  onTestFinished(() => spool.close())
  return { spool, clock, problems, evictions }
}

/** A batch whose body says which it is. */
export function batchOf(text: string, spanCount = 1): EncodedBatch {
  return { body: Buffer.from(text), spanCount }
}

/** What a body says. */
export function textOf({ body }: EncodedBatch): string {
  return Buffer.from(body).toString()
}

/** Leases until there is nothing left. */
export async function leaseAll(spool: Spool): Promise<LeasedBatch[]> {
  const leased: LeasedBatch[] = []
  for (let next = await spool.lease(); next; next = await spool.lease()) leased.push(next)
  return leased
}

/** What waits, oldest first; it is acknowledged. */
export async function drain(spool: Spool): Promise<string[]> {
  const leased = await leaseAll(spool)
  for (const batch of leased) batch.acknowledge()
  return leased.map(textOf)
}

/** The paths of all files below a folder whose names end like that, sorted by name. */
export function filesEndingIn(ending: string, dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(dir, name))
    .sort()
}

/** Makes the owners in a folder look as a crash leaves them: their files are gone, and everything else stays. */
export function killOwnersIn(dir: string): void {
  for (const path of filesEndingIn('.owner', dir)) rmSync(path)
}
