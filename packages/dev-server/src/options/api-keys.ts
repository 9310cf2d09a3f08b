import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { DevServerError } from '../dev-server-error.js'

/** The pair a client authenticates with: `Authorization: Basic base64(publicKey:secretKey)`. */
export interface ApiKeys {
  readonly publicKey: string
  readonly secretKey: string
}

/** Keys the caller chose, or did not. */
export type GivenKeys = { readonly [K in keyof ApiKeys]: string | undefined }

const StoredKeys = v.object({
  publicKey: v.pipe(v.string(), v.nonEmpty()),
  secretKey: v.pipe(v.string(), v.nonEmpty()),
})

/**
 * The keys of a data directory: the kept ones, or new random ones that are kept from now on.
 *
 * They stay the same over restarts so that a `.env` file written once keeps working. The file is for its owner alone (0600).
 *
 * @param dataDir The prepared data directory.
 * @param given Keys the caller chose; each one wins over the kept one and is not written down.
 * @returns The keys to serve with.
 * @throws {DevServerError} `corrupt_store` if the file is not what was written, `data_dir_unusable` if it cannot be read or written.
 */
export function loadApiKeys(dataDir: string, given: GivenKeys): ApiKeys {
  const { publicKey, secretKey } = given
  if (publicKey !== undefined && secretKey !== undefined) return { publicKey, secretKey }
  const path = join(dataDir, 'keys.json')
  const kept = readKeys(path) ?? createKeys(path)
  return { publicKey: publicKey ?? kept.publicKey, secretKey: secretKey ?? kept.secretKey }
}

/**
 * Keys that are kept nowhere.
 *
 * @param given Keys the caller chose.
 * @returns The keys to serve with; those that were not chosen are new random ones.
 */
export function temporaryApiKeys({ publicKey, secretKey }: GivenKeys): ApiKeys {
  const random = randomKeys()
  return { publicKey: publicKey ?? random.publicKey, secretKey: secretKey ?? random.secretKey }
}

function readKeys(path: string): ApiKeys | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), StoredKeys), text)
  if (parsed.success) return parsed.output
  throw new DevServerError(
    'corrupt_store',
    `Cannot read the API keys in ${path}: it does not hold a publicKey and a secretKey: delete it to get new keys`,
    { path },
  )
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new DevServerError('data_dir_unusable', `Cannot read the API keys in ${path}: check who owns the file`, {
      path,
      cause,
    })
  }
}

function createKeys(path: string): ApiKeys {
  const keys = randomKeys()
  try {
    // `wx` never follows or overwrites what someone else put there in the meantime.
    writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new DevServerError(
      'data_dir_unusable',
      `Cannot write the API keys to ${path}: check who owns the directory`,
      {
        path,
        cause,
      },
    )
  }
  return keys
}

/** The prefixes are Langfuse's: its clients warn about, and some tools look for, keys of this shape. */
function randomKeys(): ApiKeys {
  return {
    publicKey: `pk-lf-${randomBytes(16).toString('hex')}`,
    secretKey: `sk-lf-${randomBytes(16).toString('hex')}`,
  }
}
