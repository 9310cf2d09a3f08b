import type { LangfuseTraceLoader } from '@axion/loader'
import { CliError } from '../cli-error.js'
import { type ConnectionFlags, toLoaderOptions } from '../options/connection.js'
import { flagWords } from '../options/flag-words.js'

/**
 * Lends a command a loader, connected as its flags and the `LANGFUSE_*` environment say.
 *
 * @param flags - The command's flags.
 * @param use - What to do with it; the options it fetches with come from flags.
 * @returns What `use` returns.
 * @throws {CliError} `load_failed` if the environment lacks a key or loading fails, `wrong_usage` if the loader refuses what a flag
 *   said, `stopped` if the fetch was aborted; whatever else `use` throws.
 */
export async function withLoader<Result>(
  flags: ConnectionFlags,
  use: (loader: LangfuseTraceLoader) => Promise<Result>,
): Promise<Result> {
  // Loaded here, because it takes half of the time that `axion --help` may take.
  const { LangfuseTraceLoader } = await import('@axion/loader')
  return asCliError(async () => {
    const loader = await asEnvironmentFault(flags, () => new LangfuseTraceLoader(toLoaderOptions(flags)))
    try {
      return await use(loader)
    } finally {
      await loader.close()
    }
  })
}

/**
 * Does something with the loader package and says its errors in the words of the command line.
 *
 * @param work - What to do.
 * @returns What `work` returns.
 * @throws {CliError} As {@link withLoader}; whatever else `work` throws.
 */
export async function asCliError<Result>(work: () => Promise<Result>): Promise<Result> {
  const { LoaderError } = await import('@axion/loader')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof LoaderError)) throw error
    if (error.code === 'aborted') throw new CliError('stopped', error.message, { cause: error })
    if (error.code !== 'invalid_options') throw new CliError('load_failed', error.message, { cause: error })
    throw new CliError('wrong_usage', flagWords(error.message, error.path), { cause: error })
  }
}

// The same code means two things: what no flag said, the environment did.
async function asEnvironmentFault<Result>(flags: ConnectionFlags, connect: () => Result): Promise<Result> {
  const { LoaderError } = await import('@axion/loader')
  try {
    return connect()
  } catch (error) {
    if (!(error instanceof LoaderError) || Object.hasOwn(toLoaderOptions(flags), error.path ?? '')) throw error
    throw new CliError('load_failed', environmentFault(error), { cause: error })
  }
}

const KEY_VARIABLES: Readonly<Record<string, string>> = {
  publicKey: 'LANGFUSE_PUBLIC_KEY',
  secretKey: 'LANGFUSE_SECRET_KEY',
}

// The loader speaks to programmers, who can also pass keys.
function environmentFault({
  message,
  path = '',
}: {
  readonly message: string
  readonly path: string | undefined
}): string {
  const variable = KEY_VARIABLES[path]
  if (variable === undefined) return message
  return `Cannot connect to Langfuse: ${variable} is missing or no key: set it, for a local server to what 'axion dev' prints`
}
