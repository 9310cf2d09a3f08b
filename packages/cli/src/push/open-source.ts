import { join, resolve } from 'node:path'
import type { StoreCopy } from '@axion/dev-server'
import { CliError } from '../cli-error.js'
import { type Connection, readServerUrl } from '../options/connection.js'
import { readKeptKeys } from './read-kept-keys.js'

/** The flags that say what is pushed. */
export interface SourceFlags {
  readonly dataDir: string
  readonly sourceUrl?: string
  readonly sourcePublicKey?: string
  readonly sourceSecretKey?: string
}

/** Where traces are read from. */
export interface PushSource {
  readonly connection: Connection
  /** Ids of the traces that have no root, which no search finds; empty where only a search can tell. */
  rootless(): readonly string[]
  close(): Promise<void>
}

/**
 * Opens what is pushed: a server that runs, named by its URL; or the data of a dev-server, of which a copy is served on a free port of this
 * machine while it is read, so that its own server may run or not.
 *
 * @param flags - Which one.
 * @returns The source; to be closed.
 * @throws {CliError} `server_failed` if there are no data, or they cannot be read.
 */
export async function openSource(flags: SourceFlags): Promise<PushSource> {
  const dataDir = resolve(flags.dataDir)
  if (flags.sourceUrl !== undefined) {
    const toError = (fault: string): CliError => new CliError('wrong_usage', `Invalid --source-url: ${fault}`)
    const connection = { baseUrl: readServerUrl(flags.sourceUrl, toError), ...readKeys(flags, dataDir) }
    return { connection, rootless: () => [], close: async () => {} }
  }
  const { copyStoreAside, DevServerError, queryStore, startDevServer } = await import('@axion/dev-server')
  let copy: StoreCopy | undefined
  try {
    copy = copyStoreAside(dataDir)
    const { dataDir: copied, remove } = copy
    const server = await startDevServer({ dataDir: copied, port: 0 })
    const { url: baseUrl, publicKey, secretKey } = server
    return {
      connection: { baseUrl, publicKey, secretKey },
      rootless: () => {
        const answer = queryStore(copied, 'SELECT trace_id FROM observations GROUP BY trace_id HAVING max(is_root) = 0')
        try {
          return [...answer.rows].map(([id]) => String(id))
        } finally {
          answer.close()
        }
      },
      close: async () => {
        await server.close()
        remove()
      },
    }
  } catch (error) {
    copy?.remove()
    if (!(error instanceof DevServerError)) throw error
    throw new CliError('server_failed', `${error.message} (--data-dir, --source-url)`, { cause: error })
  }
}

function readKeys(flags: SourceFlags, dataDir: string): Pick<Connection, 'publicKey' | 'secretKey'> {
  const { sourcePublicKey: publicKey, sourceSecretKey: secretKey } = flags
  if (publicKey !== undefined && secretKey !== undefined) return { publicKey, secretKey }
  const kept = readKeptKeys(dataDir)
  if (kept === undefined) {
    const message = `Cannot read the keys of ${flags.sourceUrl ?? 'the source'} in ${join(dataDir, 'keys.json')}: name them (--source-public-key, --source-secret-key)`
    throw new CliError('server_failed', message)
  }
  return { publicKey: publicKey ?? kept.publicKey, secretKey: secretKey ?? kept.secretKey }
}
