import { LoaderError } from '@axion/loader'
import { CliError } from '../cli-error.js'

/** Which flag or argument a fetch option of the loader was given by. */
const FLAGS: Readonly<Record<string, string>> = {
  tags: '--tag',
  name: '--name',
  sessionId: '--session',
  userId: '--user',
  environment: '--environment',
  daysBack: '--days',
  hoursBack: '--hours',
  fromTimestamp: '--from',
  toTimestamp: '--to',
  limit: '--limit',
  id: '<id>',
}
const RENAMED = /\b(?:daysBack|hoursBack|fromTimestamp|toTimestamp)\b/g

/**
 * Runs a fetch and, where the loader refuses one of its options, says so in the words of the command line.
 *
 * Only for what takes its options from flags: the loader refuses a bad environment with the same code, when it is made.
 *
 * @param fetch - The fetch.
 * @returns Its result.
 * @throws {CliError} `wrong_usage` naming the flag; whatever else `fetch` throws.
 */
export async function blameFlag<Result>(fetch: () => Promise<Result>): Promise<Result> {
  try {
    return await fetch()
  } catch (error) {
    if (!(error instanceof LoaderError) || error.code !== 'invalid_options') throw error
    throw new CliError('wrong_usage', inFlagWords(error), { cause: error })
  }
}

function inFlagWords({ message, path }: LoaderError): string {
  const [option = ''] = (path ?? '').split('[')
  const flag = FLAGS[option] ?? option
  const [head = '', ...rest] = message.split(': ')
  // The head is the loader's "Invalid option x"; only outside of quotes is a name an option's name.
  const tail = rest.join(': ').replace(RENAMED, (name) => FLAGS[name] ?? name)
  return rest.length === 0 ? head : `Invalid ${flag}: ${tail}`
}
