import { AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { context } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { recordSpans } from './record-spans.fixture.js'
import { withTraceContext } from './trace-context.js'
import { Tracer } from './tracer.js'

// What AsyncLocalStorage carries, and what it cannot: docs/tracing.md says the same.

const tracer = new Tracer()
const PEOPLE = ['ada', 'bob', 'eve'] as const

type Resume = () => void

/** Each person asks at the same time, in a span of theirs, and a step of it runs wherever `schedule` makes it run. */
async function askAll(schedule: (resume: Resume) => void): Promise<readonly ReadableSpan[]> {
  return recordSpans(() =>
    Promise.all(
      PEOPLE.map((userId) =>
        withTraceContext({ userId }, () =>
          tracer.span(`ask of ${userId}`, () => new Promise<void>((done) => schedule(() => step(userId, done)))),
        ),
      ),
    ),
  )
}

function step(userId: string, done: () => void): void {
  tracer.span(`step of ${userId}`, () => {})
  done()
}

/** For each person: who the step's span says it is for, and in whose span it ran. */
function belongings(spans: readonly ReadableSpan[]): unknown[] {
  return PEOPLE.map((userId) => {
    const step = spans.find(({ name }) => name === `step of ${userId}`)
    const parent = spans.find((span) => span.spanContext().spanId === step?.parentSpanContext?.spanId)
    return [step?.attributes['user.id'], parent?.name]
  })
}

const OWN = PEOPLE.map((userId) => [userId, `ask of ${userId}`])
const OF_THE_LAST = PEOPLE.map(() => ['eve', 'ask of eve'])
const OF_NOBODY = PEOPLE.map(() => [undefined, undefined])

/** Runs what waits only when everybody has asked, in the context of the one who asked last. */
function whenAllAsked(run: (waiting: readonly Resume[]) => void): (resume: Resume) => void {
  const waiting: Resume[] = []
  return (resume) => {
    waiting.push(resume)
    if (waiting.length === PEOPLE.length) run(waiting)
  }
}

const runAll = (waiting: readonly Resume[]): void => {
  for (const resume of waiting) resume()
}

describe('withTraceContext() and Tracer.span() across', () => {
  it.each<[string, (resume: Resume) => void]>([
    ['setTimeout', (resume) => setTimeout(resume, 0)],
    ['setImmediate', (resume) => setImmediate(resume)],
    ['queueMicrotask', (resume) => queueMicrotask(resume)],
    ['process.nextTick', (resume) => process.nextTick(resume)],
    ['a promise', (resume) => void Promise.resolve().then(resume)],
    [
      'an interval',
      (resume) => {
        const timer = setInterval(() => {
          clearInterval(timer)
          resume()
        }, 0)
      },
    ],
    [
      'timers in timers and promises',
      (resume) => setTimeout(() => void Promise.resolve().then(() => setImmediate(() => queueMicrotask(resume))), 0),
    ],
  ])('%s keep each to its own', async (_, schedule) => {
    expect(belongings(await askAll(schedule))).toEqual(OWN)
  })

  it('an emitter: a listener runs in the context of emit(), not of on()', async () => {
    const emitter = new EventEmitter()
    expect(belongings(await askAll((resume) => emitter.once('go', resume).emit('go')))).toEqual(OWN)
    const late = new EventEmitter()
    const emitByTheLast = whenAllAsked(() => late.emit('go'))
    const spans = await askAll((resume) => {
      late.once('go', resume)
      emitByTheLast(resume)
    })
    expect(belongings(spans)).toEqual(OF_THE_LAST)
  })

  it('an emitter: context.bind() and AsyncResource.bind() keep a listener to the context of on()', async () => {
    for (const bind of [(fn: Resume) => context.bind(context.active(), fn), (fn: Resume) => AsyncResource.bind(fn)]) {
      const emitter = new EventEmitter()
      const emitByTheLast = whenAllAsked(() => emitter.emit('go'))
      const spans = await askAll((resume) => {
        emitter.once('go', bind(resume))
        emitByTheLast(resume)
      })
      expect(belongings(spans)).toEqual(OWN)
    }
  })
})

describe('withTraceContext() and Tracer.span() in pools', () => {
  it('a queue that runs plain callbacks runs all in the context of whoever set it going', async () => {
    expect(belongings(await askAll(whenAllAsked(runAll)))).toEqual(OF_THE_LAST)
  })

  it('a queue that somebody outside works off runs all in no context', async () => {
    let work: Resume = () => {}
    const asked = new Promise<void>((resolve) => {
      work = resolve
    })
    const waiting: Resume[] = []
    // Begun before anybody asks, as a pool is that was made when the process started.
    const worker = asked.then(() => runAll(waiting))
    const spans = await askAll((resume) => {
      waiting.push(resume)
      if (waiting.length === PEOPLE.length) work()
    })
    await worker
    expect(belongings(spans)).toEqual(OF_NOBODY)
  })

  it('a pool whose tasks are AsyncResources, as node:worker_threads pools make them, keeps each to its own', async () => {
    const enqueue = whenAllAsked(runAll)
    const spans = await askAll((resume) => {
      const task = new AsyncResource('PoolTask')
      enqueue(() => {
        task.runInAsyncScope(resume)
        task.emitDestroy()
      })
    })
    expect(belongings(spans)).toEqual(OWN)
  })

  it('a task that takes its parent along as a value needs no context at all', async () => {
    const waiting: (() => void)[] = []
    const spans = await recordSpans(() => {
      for (const userId of PEOPLE) {
        withTraceContext({ userId }, () => {
          const parent = tracer.startSpan(`ask of ${userId}`)
          waiting.push(() => parent.span(`step of ${userId}`, () => parent.end()))
        })
      }
      runAll(waiting)
    })
    expect(belongings(spans)).toEqual(OWN)
  })
})
