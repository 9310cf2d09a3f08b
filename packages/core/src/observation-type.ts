import { remember } from './remember.js'

/** What an observation is, as Langfuse names it on the wire (lower case). Source: Langfuse 4.16, `ObservationType`. */
export type ObservationType =
  | 'span'
  | 'generation'
  | 'event'
  | 'embedding'
  | 'agent'
  | 'tool'
  | 'chain'
  | 'retriever'
  | 'evaluator'
  | 'guardrail'

/** What a tracer is for; decides the type of spans that nothing else decides. */
export type TracerKind = 'base' | 'llm' | 'knowledge' | 'database' | 'evaluation'

const WORDS_BY_TYPE: readonly (readonly [ObservationType, ...words: string[]])[] = [
  ['retriever', 'retrieve', 'retrieval', 'knowledge'],
  ['embedding', 'embed'],
  ['evaluator', 'eval', 'evaluate', 'evaluation', 'metric', 'score'],
  ['tool'],
  ['agent'],
  ['chain'],
  ['guardrail', 'guard'],
]

// A word is a run of one case, so that `playTool`, `play_tool` and `play-tool` all hold `tool` and `toolbox` does not. Letters of every
// language, or an accent would cut one word into two.
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu

/**
 * Tells the types of spans that were not given one and name no model. Remembers what it found: the words of a name cost as much as half the
 * rest of a span's start.
 *
 * @param kind - The tracer's kind, which decides where no word does.
 * @returns The type by a span's name: the first whole word that says one decides (`vector-retrieval` is a retriever, `toolbox` is no tool).
 */
export function observationTypes(kind: TracerKind): (name: string) => ObservationType {
  return remember((name) => typeOf(name, kind))
}

function typeOf(name: string, kind: TracerKind): ObservationType {
  // A kind that says a type is a word that does.
  for (const word of `${name} ${kind}`.match(WORDS) ?? []) {
    const found = WORDS_BY_TYPE.find((words: readonly string[]) => words.includes(word.toLowerCase()))
    if (found) return found[0]
  }
  return 'span'
}

/**
 * The type of a span whose model is known.
 *
 * @param model - The model's name: one with the word `embed` or `embedding` makes an embedding, any other a generation.
 */
export function observationTypeOfModel(model: string): 'generation' | 'embedding' {
  return /(^|[^a-z])embed(ding)?s?([^a-z]|$)/i.test(model) ? 'embedding' : 'generation'
}
