import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevServer } from '@axion/dev-server'
import { clearTracingConfig, configureTracing } from '@axion/exporter'

/** Where a Langfuse is, and how to get in. */
export interface Connection {
  readonly baseUrl: string
  readonly publicKey: string
  readonly secretKey: string
}

/** What a story has at hand. */
export interface Scene {
  readonly connection: Connection
  /** A folder of its own, which goes with it. */
  readonly folder: string
  /** Sends what was traced. @throws {Error} If anything of it was lost. */
  readonly flush: () => Promise<void>
}

/**
 * Tells a story with a local Langfuse to which everything traced goes. Nothing of it is left afterwards.
 *
 * @param story - The story.
 */
export async function withLangfuse(story: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'axion-example-'))
  const server = await startDevServer({ dataDir: join(folder, 'langfuse') })
  const connection = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
  const tracing = configureTracing(connection)
  const flush = async (): Promise<void> => {
    const { failed, dropped } = await tracing.flush()
    if (failed + dropped > 0)
      throw new Error(`Cannot deliver the traces: ${failed} spans failed, ${dropped} were dropped`)
  }
  try {
    await story({ connection, folder, flush })
  } finally {
    await clearTracingConfig()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
