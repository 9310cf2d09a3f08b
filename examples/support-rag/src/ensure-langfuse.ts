import { startDevServer } from '@axion/dev-server'

/** The Langfuse that traces go to. */
export interface Langfuse {
  /** Where it answers. */
  readonly url: string
  /** Where a person looks at traces; the local one's link works once. */
  readonly viewerUrl: string
  /** Whether this program started it. */
  readonly isLocal: boolean
  close(): Promise<void>
}

/**
 * Makes sure that there is a Langfuse: the one that the environment names, else a local one of our own, whose address and keys go into the
 * environment. The rest of the program cannot tell the difference.
 *
 * @param environment - `process.env`.
 * @param dataDir - Where a local one keeps its data.
 */
export async function ensureLangfuse(environment: NodeJS.ProcessEnv, dataDir: string): Promise<Langfuse> {
  const isNamed = ['LANGFUSE_PUBLIC_KEY', 'LANGFUSE_SECRET_KEY', 'LANGFUSE_BASE_URL', 'LANGFUSE_HOST'].some(
    (name) => environment[name],
  )
  if (isNamed) {
    const url = environment.LANGFUSE_BASE_URL ?? environment.LANGFUSE_HOST ?? 'https://cloud.langfuse.com'
    return { url, viewerUrl: url, isLocal: false, close: async () => {} }
  }
  const server = await startDevServer({ dataDir })
  environment.LANGFUSE_BASE_URL = server.url
  environment.LANGFUSE_PUBLIC_KEY = server.publicKey
  environment.LANGFUSE_SECRET_KEY = server.secretKey
  return { url: server.url, viewerUrl: server.viewerUrl, isLocal: true, close: () => server.close() }
}
