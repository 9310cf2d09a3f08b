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
  baseUrl: '--base-url',
  publicKey: '--public-key',
  secretKey: '--secret-key',
  traceIds: '--trace',
  names: '--score',
  n: '--count',
  checkpoint: '--checkpoint',
}
// Only names that are no everyday words: the message may quote what the user wrote.
const RENAMED = /\b(?:daysBack|hoursBack|fromTimestamp|toTimestamp)\b/g

/**
 * Says in the words of the command line what the loader says in those of its options.
 *
 * @param message - The loader's message: `Invalid option fromTimestamp: …`.
 * @param path - The option it is about, as its error names it.
 * @returns The message for the terminal: `Invalid --from: …`.
 */
export function flagWords(message: string, path: string | undefined): string {
  // An element of a list is named like `tags[2]`.
  const [option = ''] = (path ?? '').split('[')
  const flag = Object.hasOwn(FLAGS, option) ? FLAGS[option] : option
  const colon = message.indexOf(': ')
  if (flag === undefined || flag === '' || colon === -1) return message
  return `Invalid ${flag}${message.slice(colon).replace(RENAMED, (name) => FLAGS[name] ?? name)}`
}
