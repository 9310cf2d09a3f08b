import { createRequire } from 'node:module'
import type { Target } from './target.js'

/** How options name a library. */
export type TargetName = 'openai' | 'anthropic' | 'google-genai'

/** A library that can be traced. This table is read in the thread of the import hook too, and must stay free of imports of ours. */
export interface TargetRow {
  readonly name: TargetName
  /** Its npm package. */
  readonly library: string
  /** The first version that is traced. */
  readonly from: string
  /** The first version that is not any more: what nobody has tried. */
  readonly below: string
  /** Files inside the package, with `/`, whose exports are patched. */
  readonly files: RegExp
  /** Loads the target. Synchronous, because the library must not be used before it is patched. */
  readonly load: () => Target
}

const load = createRequire(import.meta.url)

/** Every library that is traced, with one folder each beside this file. */
export const TARGETS: readonly TargetRow[] = [
  {
    name: 'openai',
    library: 'openai',
    from: '4.0.0',
    below: '8.0.0',
    files: /^resources\/(chat\/completions(\/completions)?|responses\/responses|embeddings)\.m?js$/,
    load: () => (load('./openai/openai.js') as typeof import('./openai/openai.js')).target,
  },
  {
    name: 'anthropic',
    library: '@anthropic-ai/sdk',
    from: '0.20.0',
    below: '2.0.0',
    files: /^resources\/(beta\/)?messages(\/messages)?\.m?js$/,
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
]

/** All of them. */
export const TARGET_NAMES: readonly TargetName[] = TARGETS.map(({ name }) => name)

/** Whether a text names a library. */
export function isTargetName(name: string): name is TargetName {
  return TARGETS.some((target) => target.name === name)
}
