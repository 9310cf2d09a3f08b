import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A Langfuse to read from, in a process of its own, so that its work is not taken for the reader's. */
export interface ForkedServer {
  readonly baseUrl: string
  readonly publicKey: string
  readonly secretKey: string
  close(): Promise<void>
}

/**
 * Starts it.
 *
 * @param program - Which one, without its ending.
 * @param args - Its arguments.
 */
export async function forkServer(program: string, args: readonly string[]): Promise<ForkedServer> {
  const child = fork(fileURLToPath(new URL(`./${program}.js`, import.meta.url)), args)
  const connection = await new Promise<Omit<ForkedServer, 'close'>>((resolve, reject) => {
    // What our own programs send first.
    child.once('message', (message) => resolve(message as Omit<ForkedServer, 'close'>))
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
  })
  return {
    ...connection,
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
