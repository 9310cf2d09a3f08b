import { writeSync } from 'node:fs'
import { Agent, request } from 'node:http'

/**
 * The smallest pipeline there can be, over real HTTP: one request a batch, no retries. Plain JavaScript, because the programs that end in tests
 * run it as it is.
 */
export function createHttpDrainable(url, spool) {
  /** What is held, and the request that is under way for it. */
  const held = new Map()
  /** Who waits for it to be sent. */
  const waiting = []
  const agent = new Agent({ keepAlive: true })
  const post = (batch, signal) =>
    new Promise((resolve) => {
      const answered = (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) held.delete(batch)
          if (held.size === 0) for (const sent of waiting.splice(0)) sent()
          resolve()
        })
      }
      request(url, { method: 'POST', agent, signal }, answered).on('error', resolve).end(batch.body)
    })
  return {
    destination: { name: 'Langfuse', origin: new URL(url).origin },
    target: { url, headers: { authorization: 'Basic secret' }, compression: 'gzip', tls: {} },
    spool,
    /** What `settle` was told. */
    settled: [],
    /** Holds a batch of as many spans as told. */
    hold(text, spanCount = 1) {
      held.set({ body: new TextEncoder().encode(text), spanCount }, undefined)
    },
    /** Resolves when nothing is held. */
    sent: () => new Promise((resolve) => (held.size === 0 ? resolve() : waiting.push(resolve))),
    isEmpty: () => held.size === 0,
    async flush(deadlineMillis) {
      const signal = AbortSignal.timeout(deadlineMillis)
      for (const [batch, underWay] of held) held.set(batch, underWay ?? post(batch, signal))
      await Promise.all(held.values())
      for (const batch of held.keys()) held.set(batch, undefined)
    },
    takeRemaining() {
      const batches = [...held.keys()]
      held.clear()
      return batches
    },
    acceptedSpans: ({ status }, spanCount) => (status === 200 ? spanCount : 0),
    settle(remainder) {
      this.settled.push(remainder)
      if (remainder.message) writeSync(2, `[axion] ${remainder.message}\n`)
    },
  }
}
