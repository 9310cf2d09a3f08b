import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own, so that its work is not taken for the application's. */
export interface SinkProcess {
  readonly url: string
  /** Ends it, and says how many spans arrived, each counted once. */
  close(): Promise<number>
}

/** Starts it. */
export async function startSinkProcess(): Promise<SinkProcess> {
  const child = fork(fileURLToPath(new URL('./counting-sink.js', import.meta.url)))
  const next = (): Promise<number> =>
    new Promise((resolve) => child.once('message', (message) => resolve(Number(message))))
  const port = await next()
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const count = next()
      child.send('close')
      return count
    },
  }
}
