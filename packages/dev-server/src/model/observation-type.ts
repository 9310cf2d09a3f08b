/** The kinds of observation Langfuse knows, as they read back. */
export type ObservationType =
  | 'SPAN'
  | 'GENERATION'
  | 'EVENT'
  | 'EMBEDDING'
  | 'AGENT'
  | 'TOOL'
  | 'CHAIN'
  | 'RETRIEVER'
  | 'GUARDRAIL'
  | 'EVALUATOR'

/** All of them, for validating a query. */
export const OBSERVATION_TYPES: readonly ObservationType[] = [
  'GENERATION',
  'SPAN',
  'EVENT',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
]
