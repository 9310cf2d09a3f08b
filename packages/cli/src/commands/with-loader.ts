import { LangfuseTraceLoader, LoaderError } from '@axion/loader'

/**
 * Lends a command a loader, connected as the `LANGFUSE_*` environment says.
 *
 * @param use - What to do with it.
 * @returns What `use` returns.
 * @throws {LoaderError} `invalid_options` if the environment lacks a key or has a malformed value; whatever `use` throws.
 */
export async function withLoader<Result>(use: (loader: LangfuseTraceLoader) => Promise<Result>): Promise<Result> {
  const loader = openLoader()
  try {
    return await use(loader)
  } finally {
    await loader.close()
  }
}

function openLoader(): LangfuseTraceLoader {
  try {
    return new LangfuseTraceLoader()
  } catch (cause) {
    if (!(cause instanceof LoaderError) || (cause.path !== 'publicKey' && cause.path !== 'secretKey')) throw cause
    // The loader speaks to programmers, who can also pass keys.
    const variable = cause.path === 'publicKey' ? 'LANGFUSE_PUBLIC_KEY' : 'LANGFUSE_SECRET_KEY'
    const message = `Cannot connect to Langfuse: ${variable} is missing or no key: set it, for a local server to what \`axion dev\` prints`
    throw new LoaderError(cause.code, message, { path: cause.path, cause })
  }
}
