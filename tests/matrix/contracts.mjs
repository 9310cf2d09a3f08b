/** What an application does with a client of a model, whichever it is. */
export const CONTRACT_ROWS = ['create', 'stream', 'parse', 'withResponse', 'asResponse', 'abort', 'error', 'retry']

const STAINLESS = Object.fromEntries(CONTRACT_ROWS.map((row) => [row, [row]]))
const MCP = {
  calls: { create: ['call'], abort: ['abort', 'abort in the middle'], error: ['tool error', 'no such tool'] },
  without: {
    'stream, parse': 'a tool gives one answer, with its structured content in it',
    'withResponse, asResponse': 'it need not travel by HTTP',
    retry: 'the client asks once',
  },
}

/**
 * By package: which rows of its programs try each of these, and why it has none of the others. A row that is in neither fails the matrix.
 *
 * @type {Readonly<Record<string, { calls: Readonly<Record<string, readonly string[]>>, without: Readonly<Record<string, string>> }>>}
 */
export const CONTRACTS = {
  openai: {
    calls: Object.fromEntries(
      CONTRACT_ROWS.map((row) => [row, [row, ['create', 'response'].includes(row) ? 'response' : `response ${row}`]]),
    ),
    without: {},
  },
  '@anthropic-ai/sdk': {
    calls: Object.fromEntries(Object.entries(STAINLESS).map(([row, names]) => [row, [...names, `beta ${row}`]])),
    without: { parse: 'not in 0.60; later versions have it, and the tool runner' },
  },
  '@google/genai': {
    calls: {
      create: ['create', 'chat'],
      stream: ['stream', 'chat stream'],
      abort: ['abort', 'abort before an answer'],
      error: ['error', 'error of a stream'],
      retry: ['retry'],
    },
    without: {
      parse: 'JSON that a schema asks for comes as text',
      'withResponse, asResponse': 'each answer has its response, `sdkHttpResponse`',
    },
  },
  ai: {
    calls: {
      create: ['generateText'],
      stream: ['streamText', 'stream of parts'],
      parse: ['generateObject', 'streamObject'],
      asResponse: ['response of a route'],
      abort: ['abort', 'abort before an answer'],
      error: ['error'],
      retry: ['retry'],
    },
    without: { withResponse: 'each answer has its `response`' },
  },
  '@langchain/core': {
    calls: {
      create: ['invoke'],
      stream: ['stream'],
      parse: ['parse'],
      abort: ['abort', 'abort before an answer'],
      error: ['error'],
      retry: ['retry'],
    },
    without: { 'withResponse, asResponse': 'each message has its `response_metadata`' },
  },
  '@aws-sdk/client-bedrock-runtime': {
    calls: {
      create: ['converse', 'callback'],
      stream: ['stream', 'callback of a stream'],
      abort: ['abort'],
      error: ['error', 'callback with an error'],
      retry: ['retry'],
    },
    without: {
      parse: 'what a model wrote comes as it is',
      'withResponse, asResponse': 'each answer has its `$metadata`',
    },
  },
  '@modelcontextprotocol/sdk': MCP,
  '@modelcontextprotocol/client': MCP,
}
