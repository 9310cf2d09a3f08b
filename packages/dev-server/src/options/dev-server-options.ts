import { resolve } from 'node:path'
import * as v from 'valibot'
import { DevServerError } from '../dev-server-error.js'

/** How to start the dev-server. Everything is optional. */
export interface DevServerOptions {
  /**
   * The TCP port to listen on; 0 takes any free one.
   * @default 0
   */
  readonly port?: number
  /**
   * The address to listen on. Anything but a loopback address lets the network in.
   * @default '127.0.0.1'
   */
  readonly host?: string
  /**
   * The directory of the database and the keys, relative to the working directory. It is created when missing.
   * @default '.axion'
   */
  readonly dataDir?: string
  /**
   * Keeps everything in memory and writes no file: data and keys are gone when the server stops. For tests, and tens of thousands of
   * observations; not together with `dataDir`.
   * @default false
   */
  readonly inMemory?: boolean
  /**
   * The public key clients must send.
   * @default the one kept in `dataDir`, made at the first start; a new one with `inMemory`
   */
  readonly publicKey?: string
  /**
   * The secret key clients must send.
   * @default the one kept in `dataDir`, made at the first start; a new one with `inMemory`
   */
  readonly secretKey?: string
  /**
   * Names under which the server may be asked beside its own, as they stand in the `Host` header: `traces.test:8080`. For
   * whoever reaches it through a proxy, a forwarded port or a container.
   * @default none
   */
  readonly allowedHosts?: readonly string[]
  /**
   * Origins of web pages that may send requests and read the answers (CORS): `https://app.test`.
   * @default none
   */
  readonly allowedOrigins?: readonly string[]
  /**
   * Answers what was asked, and refuses whatever would write.
   * @default false
   */
  readonly readOnly?: boolean
  /**
   * Answers the endpoints of Langfuse 3 as well, as Langfuse 4 does in its transition mode, and takes traces and observations on
   * `POST /api/public/ingestion`. They know what came in while this was on.
   * @default false
   */
  readonly legacy?: boolean
  /**
   * How much is kept. The oldest traces and scores are deleted, traces as a whole; datasets, prompts and what else people made
   * stays.
   * @default everything
   */
  readonly retention?: {
    /** How old a trace may become, in milliseconds. */
    readonly maxAgeMillis?: number
    /** How many bytes all rows may take. */
    readonly maxBytes?: number
  }
  /**
   * What time it is, in milliseconds since the epoch. For tests.
   * @default Date.now
   */
  readonly clock?: () => number
}

/** The options with every default filled in; keys stay undefined when the caller chose none. */
export interface ResolvedDevServerOptions {
  readonly port: number
  readonly host: string
  /** Absolute; undefined when everything stays in memory. */
  readonly dataDir: string | undefined
  readonly publicKey: string | undefined
  readonly secretKey: string | undefined
  readonly allowedHosts: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly readOnly: boolean
  readonly legacy: boolean
  readonly retention: { readonly maxAgeMillis?: number | undefined; readonly maxBytes?: number | undefined }
  readonly clock: () => number
}

// Basic auth splits at the first colon and cannot carry control characters, so neither may stand in a key.
const Key = v.pipe(v.string(), v.regex(/^[\x21-\x39\x3b-\x7e]+$/, 'must be printable ASCII without spaces and colons'))

const DEFAULT_DATA_DIR = '.axion'

const Limit = v.pipe(v.number(), v.integer(), v.minValue(1))

const Options = v.strictObject({
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 0),
  host: v.optional(v.pipe(v.string(), v.nonEmpty()), '127.0.0.1'),
  dataDir: v.optional(v.pipe(v.string(), v.nonEmpty())),
  inMemory: v.optional(v.boolean(), false),
  publicKey: v.optional(Key),
  secretKey: v.optional(Key),
  allowedHosts: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9._:[\]-]+$/i, 'must be host:port'))), []),
  allowedOrigins: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^https?:\/\/[a-z0-9._:[\]-]+$/, 'must be an origin such as https://app.test'))),
    [],
  ),
  readOnly: v.optional(v.boolean(), false),
  legacy: v.optional(v.boolean(), false),
  retention: v.optional(v.strictObject({ maxAgeMillis: v.optional(Limit), maxBytes: v.optional(Limit) }), {}),
  clock: v.optional(
    v.custom<() => number>((value) => typeof value === 'function', 'must be a function'),
    () => Date.now,
  ),
})

/**
 * Checks the caller's options and fills in the defaults.
 *
 * @param options What the caller gave.
 * @returns The complete options.
 * @throws {DevServerError} `invalid_options` if an option is not known, a value has the wrong type or range, or two options exclude each other.
 * Keys are never quoted.
 */
export function resolveDevServerOptions(options: DevServerOptions): ResolvedDevServerOptions {
  const parsed = v.safeParse(Options, options)
  if (!parsed.success) {
    const [issue] = parsed.issues
    const name = v.getDotPath(issue) ?? 'options'
    throw new DevServerError(
      'invalid_options',
      `Cannot start the dev-server: option ${name}: ${expectation(name, issue)}`,
    )
  }
  const { dataDir, inMemory, publicKey, secretKey, ...rest } = parsed.output
  if (inMemory && dataDir !== undefined) {
    throw new DevServerError(
      'invalid_options',
      'Cannot start the dev-server: option inMemory: found dataDir beside it, expected one of the two',
    )
  }
  return { ...rest, dataDir: inMemory ? undefined : resolve(dataDir ?? DEFAULT_DATA_DIR), publicKey, secretKey }
}

function expectation(name: string, issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object') return `is not known: expected one of ${Object.keys(Options.entries).join(', ')}`
  // Valibot quotes what it received, and what was received may be a key.
  return name.endsWith('Key') ? 'must be printable ASCII without spaces and colons' : issue.message
}
