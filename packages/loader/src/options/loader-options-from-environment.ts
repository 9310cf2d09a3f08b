/** The environment variables that the loader reads; the names are Langfuse's own. */
export interface LoaderEnvironment {
  readonly publicKey?: string
  readonly secretKey?: string
  readonly baseUrl?: string
}

/**
 * Reads the connection from the environment. An empty or blank variable counts as not set, as shells and CI leave them.
 *
 * @param env - Where to look. @default process.env
 * @returns The values that are set.
 */
export function loaderOptionsFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoaderEnvironment {
  const publicKey = nonBlank(env.LANGFUSE_PUBLIC_KEY)
  const secretKey = nonBlank(env.LANGFUSE_SECRET_KEY)
  // LANGFUSE_HOST is the older SDKs' name; the newer one wins.
  const baseUrl = nonBlank(env.LANGFUSE_BASE_URL) ?? nonBlank(env.LANGFUSE_HOST)
  return {
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(secretKey === undefined ? {} : { secretKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  }
}

function nonBlank(value: string | undefined): string | undefined {
  const trimmed = value?.trim()
  return trimmed === '' ? undefined : trimmed
}
