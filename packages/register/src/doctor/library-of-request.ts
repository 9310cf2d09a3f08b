/** How clients call themselves in `user-agent`. */
const CLIENTS: readonly (readonly [library: string, agent: RegExp])[] = [
  // First, because it sends those of others along.
  ['ai', /\bai-sdk\/|^ai\/\d/],
  ['@aws-sdk/client-bedrock-runtime', /\bapi\/bedrock-runtime#/],
  ['@google/genai', /\bgoogle-genai-sdk\//],
  ['openai', /\b(Azure)?OpenAI\/JS /],
  ['@anthropic-ai/sdk', /\bAnthropic\w*\/JS /],
]

/**
 * Tells from a request which client sends it.
 *
 * @param path - Its path.
 * @param headers - A line each, as they are sent.
 * @returns The npm package; `undefined` for all other requests.
 */
export function libraryOfRequest(path: string, headers: string): string | undefined {
  const agent = /^user-agent: *(.*)$/im.exec(headers)?.[1]
  if (agent === undefined) return undefined
  const known = CLIENTS.find(([, pattern]) => pattern.test(agent))
  if (known) return known[0]
  // OpenAI's and Anthropic's name themselves after their class, of which a minifier leaves a letter or two.
  if (!/^[\w$]{1,3}\/JS /.test(agent) || !/^x-stainless-lang: *js\r?$/im.test(headers)) return undefined
  if (/^anthropic-version:/im.test(headers)) return '@anthropic-ai/sdk'
  return /\/(chat\/completions|responses|embeddings)$/.test(path) ? 'openai' : undefined
}
