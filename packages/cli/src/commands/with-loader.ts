import type { LangfuseTraceLoader } from '@axion/loader'
import { CliError } from '../cli-error.js'
import { flagWords } from '../options/flag-words.js'

/**
 * Lends a command a loader, connected as the `LANGFUSE_*` environment says.
 *
 * @param use - What to do with it; the options it fetches with come from flags.
 * @returns What `use` returns.
 * @throws {CliError} `load_failed` if the environment lacks a key or loading fails, `wrong_usage` if the loader refuses what a flag
 *   said, `stopped` if the fetch was aborted; whatever else `use` throws.
 */
export async function withLoader<Result>(use: (loader: LangfuseTraceLoader) => Promise<Result>): Promise<Result> {
  // Loaded here, because it takes half of the time that `axion --help` may take.
  const { LangfuseTraceLoader, LoaderError } = await import('@axion/loader')
  let loader: LangfuseTraceLoader | undefined
  try {
    loader = new LangfuseTraceLoader()
    return await use(loader)
  } catch (error) {
    if (!(error instanceof LoaderError)) throw error
    if (error.code === 'aborted') throw new CliError('stopped', error.message, { cause: error })
    if (error.code !== 'invalid_options') throw new CliError('load_failed', error.message, { cause: error })
    // The same code means two things: before there is a loader the environment is at fault, afterwards a flag.
    if (loader === undefined) throw new CliError('load_failed', environmentFault(error), { cause: error })
    throw new CliError('wrong_usage', flagWords(error.message, error.path), { cause: error })
  } finally {
    await loader?.close()
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
