import type { Dispatcher } from 'undici'

/** How to reach a Langfuse project, and how patiently. Every field is optional. */
export interface LangfuseTraceLoaderOptions {
  /** The project's public key. Environment: `LANGFUSE_PUBLIC_KEY`. */
  publicKey?: string
  /** The project's secret key. Environment: `LANGFUSE_SECRET_KEY`. */
  secretKey?: string
  /**
   * Where the server is; a path prefix is kept. Environment: `LANGFUSE_BASE_URL`, else `LANGFUSE_HOST`.
   * @default 'https://cloud.langfuse.com'
   */
  baseUrl?: string
  /** Tags that every `fetchTraces` and `streamTraces` asks for besides its own. @default [] */
  defaultTags?: readonly string[]
  /** How often a request is sent again after 408, 429, 5xx or a broken connection. @default 2 */
  maxRetries?: number
  /**
   * Most requests in any sixty seconds, counted over all loaders of this server and key in the process.
   * @default no limit
   */
  requestsPerMinute?: number
  /** How long one attempt may take, from connecting to the last byte, in milliseconds. @default 30000 */
  timeoutMillis?: number
  /** An undici dispatcher to send through, for example a `ProxyAgent`. It stays yours: the loader never closes it. */
  dispatcher?: Dispatcher
  /**
   * Extra request headers. `authorization` stays the loader's own; headers of the connection, such as `transfer-encoding`, are refused.
   * @default {}
   */
  headers?: Readonly<Record<string, string>>
}

/** {@link LangfuseTraceLoaderOptions} after the caller, the environment and the defaults were put together. */
export interface ResolvedLoaderOptions {
  readonly publicKey: string
  readonly secretKey: string
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly defaultTags: readonly string[]
  readonly maxRetries: number
  /** `Infinity` when there is no limit. */
  readonly requestsPerMinute: number
  readonly timeoutMillis: number
  readonly dispatcher: Dispatcher | undefined
  readonly headers: Readonly<Record<string, string>>
}

/** What stands when neither the caller nor the environment says otherwise. */
export const LOADER_DEFAULTS: Omit<ResolvedLoaderOptions, 'publicKey' | 'secretKey' | 'dispatcher'> = {
  baseUrl: 'https://cloud.langfuse.com',
  defaultTags: [],
  maxRetries: 2,
  requestsPerMinute: Number.POSITIVE_INFINITY,
  timeoutMillis: 30_000,
  headers: {},
}
