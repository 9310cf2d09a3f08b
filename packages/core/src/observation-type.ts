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

const TYPE_BY_WORD: Readonly<Record<string, ObservationType>> = {
  retrieve: 'retriever',
  retrieval: 'retriever',
  retriever: 'retriever',
  knowledge: 'retriever',
  embed: 'embedding',
  embedding: 'embedding',
  eval: 'evaluator',
  evaluate: 'evaluator',
  evaluation: 'evaluator',
  metric: 'evaluator',
  score: 'evaluator',
  tool: 'tool',
  agent: 'agent',
  chain: 'chain',
  guard: 'guardrail',
  guardrail: 'guardrail',
}

const TYPE_BY_KIND: Readonly<Record<TracerKind, ObservationType>> = {
  base: 'span',
  llm: 'span',
  knowledge: 'retriever',
  database: 'span',
  evaluation: 'evaluator',
}

// A word is a run of one case, so that `playTool`, `play_tool` and `play-tool` all hold `tool` and `toolbox` does not. Letters of every
// language, or an accent would cut one word into two.
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu

/**
 * The type of a span that was not given one and names no model.
 *
 * @param name - The span's name; the first whole word that says a type decides (`vector-retrieval` is a retriever, `toolbox` is no tool).
 * @param kind - The tracer's kind, which decides when no word does.
 */
export function observationTypeOf(name: string, kind: TracerKind): ObservationType {
  for (const word of name.match(WORDS) ?? []) {
    const key = word.toLowerCase()
    if (Object.hasOwn(TYPE_BY_WORD, key)) return TYPE_BY_WORD[key] ?? TYPE_BY_KIND[kind]
  }
  return TYPE_BY_KIND[kind] ?? 'span'
}

/**
 * The type of a span whose model is known.
 *
 * @param model - The model's name: one with the word `embed` or `embedding` makes an embedding, any other a generation.
 */
export function observationTypeOfModel(model: string): 'generation' | 'embedding' {
  return /(^|[^a-z])embed(ding)?s?([^a-z]|$)/i.test(model) ? 'embedding' : 'generation'
}
