import type { ExportMode } from '../options/exporter-options.js'

/** What AWS Lambda says of itself in the environment. */
export interface LambdaEnvironment {
  /** `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly functionName: string | undefined
  /** `AWS_LAMBDA_MAX_CONCURRENCY`: set on managed instances, which run on between requests. */
  readonly maxConcurrency: string | undefined
}

/**
 * Says how spans leave when nobody has said so. On AWS Lambda each as soon as it ends: the process is frozen when the handler has answered, and
 * there is nothing like `waitUntil`. `flushAfter` waits for those that are still on their way.
 *
 * @param environment - What AWS Lambda says of itself.
 */
export function impliedExportMode({ functionName, maxConcurrency }: LambdaEnvironment): ExportMode {
  return functionName && !maxConcurrency ? 'immediate' : 'batched'
}
