import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeasedBatch, Spool } from './spool.js'
import { batchOf, drain, killOwnersIn, openSpoolIn, temporaryFolder, textOf } from './spool-in-folder.fixture.js'

/** One thing that may happen to a spool. Numbers choose among what there is. */
type Step =
  | { readonly kind: 'append'; readonly bytes: number }
  | { readonly kind: 'lease' }
  | { readonly kind: 'acknowledge' | 'release'; readonly which: number }
  | { readonly kind: 'restart' | 'crash' | 'pause' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('append' as const), bytes: fc.nat(300) }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('lease' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('acknowledge' as const, 'release' as const), which: fc.nat() }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'crash' as const, 'pause' as const) }),
    },
  ),
  { maxLength: 60 },
)

/** What should be in a spool, in the order in which it should come. */
class Model {
  readonly order: string[] = []
  readonly waiting = new Set<string>()

  get next(): string | undefined {
    return this.order.find((text) => this.waiting.has(text))
  }
}

describe('openSpool()', () => {
  // Segments of one record up to segments that hold all of them.
  it.each([100, 3_000, 100_000])(
    'loses and resurrects no batch, whatever happens to it, with segments of %d bytes',
    async (segmentBytes) => {
      await fc.assert(
        fc.asyncProperty(steps, async (happening) => {
          const dir = temporaryFolder()
          // Large enough for nothing to be evicted.
          const options = { maxBytes: segmentBytes * 8 + 60 * 400, evict: 'newest' } as const
          const model = new Model()
          let { spool, clock } = openSpoolIn(dir, options)
          let leased: { readonly text: string; readonly batch: LeasedBatch }[] = []
          for (const step of happening) {
            if (step.kind === 'append') {
              const text = `${model.order.length}:`.padEnd(step.bytes, 'x')
              expect(spool.append(batchOf(text))).toBe('stored')
              model.order.push(text)
              model.waiting.add(text)
            } else if (step.kind === 'lease') {
              const batch = await spool.lease()
              expect(batch && textOf(batch)).toBe(model.next)
              if (!batch) continue
              model.waiting.delete(textOf(batch))
              leased.push({ text: textOf(batch), batch })
            } else if (step.kind === 'acknowledge' || step.kind === 'release') {
              const [answered] = leased.splice(step.which % Math.max(1, leased.length), 1)
              if (step.kind === 'release' && answered) model.waiting.add(answered.text)
              answered?.batch[step.kind]()
            } else if (step.kind === 'pause') {
              clock.advance(5_000)
            } else {
              if (step.kind === 'restart') spool.close()
              else killOwnersIn(dir)
              for (const { text } of leased) model.waiting.add(text)
              leased = []
              ;({ spool, clock } = openSpoolIn(dir, options))
            }
            expect(spool.stats().corrupt.records).toBe(0)
          }
          for (const { batch, text } of leased) {
            batch.release()
            model.waiting.add(text)
          }
          await expectToHold(spool, model)
          spool.close()
          expect(await drain(openSpoolIn(dir, options).spool)).toEqual([])
        }),
        { numRuns: 150 },
      )
    },
  )
})

async function expectToHold(spool: Spool, model: Model): Promise<void> {
  const { own, adopted } = spool.stats()
  expect(own.waiting.batches + adopted.waiting.batches).toBe(model.waiting.size)
  expect(await drain(spool)).toEqual(model.order.filter((text) => model.waiting.has(text)))
}
