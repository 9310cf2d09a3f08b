import { createRequire } from 'node:module'
import type { Target } from './target.js'

/** How options name a library. */
export type TargetName = LibraryName | ChannelName

type LibraryName = 'openai' | 'anthropic' | 'google-genai' | 'ai' | 'langchain' | 'bedrock' | 'mcp'

/** What is traced only where its name is given: every request of a process is much. */
export type ChannelName = 'http' | 'undici'

/** A library that can be traced. This table is read in the thread of the import hook too, and must stay free of imports of ours. */
export interface TargetRow {
  readonly name: LibraryName
  /** Its npm package. */
  readonly library: string
  /** The first version that is traced. */
  readonly from: string
  /** The first version that is not any more: what nobody has tried. */
  readonly below: string
  /** Files inside the package, with `/`, whose exports are patched. */
  readonly files: RegExp
  /** Functions inside those files that are replaced where they stand, because no class is there to change. */
  readonly bindings?: readonly string[]
  /** Loads the target. Synchronous, because the library must not be used before it is patched. */
  readonly load: () => Target
}

const load = createRequire(import.meta.url)

const loadMcp = (): Target => (load('./mcp/mcp.js') as typeof import('./mcp/mcp.js')).target

/** Every library that is traced, with a folder for each name beside this file. */
export const TARGETS: readonly TargetRow[] = [
  {
    name: 'openai',
    library: 'openai',
    from: '4.0.0',
    below: '8.0.0',
    files: /^resources\/((chat\/)?completions(\/completions)?|(beta\/)?responses\/responses|embeddings)\.m?js$/,
    load: () => (load('./openai/openai.js') as typeof import('./openai/openai.js')).target,
  },
  {
    name: 'anthropic',
    library: '@anthropic-ai/sdk',
    from: '0.20.0',
    below: '2.0.0',
    files: /^(resources\/(beta\/)?messages(\/messages)?|core\/streaming)\.m?js$/,
    load: () => (load('./anthropic/anthropic.js') as typeof import('./anthropic/anthropic.js')).target,
  },
  {
    name: 'google-genai',
    library: '@google/genai',
    from: '1.0.0',
    below: '4.0.0',
    files: /^dist\/(node\/)?index\.[cm]?js$/,
    load: () => (load('./google-genai/google-genai.js') as typeof import('./google-genai/google-genai.js')).target,
  },
  {
    name: 'ai',
    library: 'ai',
    from: '5.0.0',
    below: '8.0.0',
    files: /^dist\/index\.m?js$/,
    bindings: [
      ...['generateText', 'streamText', 'generateObject', 'streamObject', 'embed', 'embedMany', 'rerank'],
      ...['resolveLanguageModel', 'resolveEmbeddingModel'],
    ],
    load: () => (load('./ai/ai.js') as typeof import('./ai/ai.js')).target,
  },
  {
    name: 'langchain',
    library: '@langchain/core',
    from: '1.0.0',
    below: '2.0.0',
    files:
      /^dist\/(callbacks\/manager|language_models\/(chat_models|llms)|singletons\/async_local_storage\/index)\.c?js$/,
    load: () => (load('./langchain/langchain.js') as typeof import('./langchain/langchain.js')).target,
  },
  {
    name: 'bedrock',
    library: '@aws-sdk/client-bedrock-runtime',
    from: '3.587.0',
    below: '4.0.0',
    files: /^dist-(cjs\/index|es\/BedrockRuntimeClient)\.js$/,
    load: () => (load('./bedrock/bedrock.js') as typeof import('./bedrock/bedrock.js')).target,
  },
  {
    name: 'mcp',
    library: '@modelcontextprotocol/sdk',
    from: '1.13.0',
    below: '2.0.0',
    files: /^dist\/((esm|cjs)\/)?(client\/index|shared\/protocol)\.js$/,
    load: loadMcp,
  },
  // Its two sides, as packages of their own from version 2 on.
  ...['@modelcontextprotocol/client', '@modelcontextprotocol/server'].map(
    (library): TargetRow => ({
      name: 'mcp',
      library,
      from: '2.0.0',
      below: '3.0.0',
      files: /^dist\/index\.[cm]js$/,
      load: loadMcp,
    }),
  ),
]

/** Parts of Node that are traced on request, through its diagnostics channels. */
export const CHANNELS: readonly { readonly name: ChannelName; readonly trace: () => void }[] = [
  { name: 'http', trace: () => (load('./http/http.js') as typeof import('./http/http.js')).traceHttp() },
  { name: 'undici', trace: () => (load('./undici/undici.js') as typeof import('./undici/undici.js')).traceUndici() },
]

/** All of them. */
export const TARGET_NAMES: readonly TargetName[] = [...new Set([...TARGETS, ...CHANNELS].map(({ name }) => name))]

/** Whether a text names one. */
export function isTargetName(name: string): name is TargetName {
  return TARGET_NAMES.some((target) => target === name)
}

/** Whether a name is that of a part of Node, which is off unless it is named. */
export function isChannelName(name: string): name is ChannelName {
  return CHANNELS.some((channel) => channel.name === name)
}
