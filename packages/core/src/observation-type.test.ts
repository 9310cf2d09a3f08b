import { describe, expect, it } from 'vitest'
import { observationTypeOfModel, observationTypes, type TracerKind } from './observation-type.js'

const observationTypeOf = (name: string, kind: TracerKind): string => observationTypes(kind)(name)

describe('observationTypes()', () => {
  it.each([
    ['retrieve', 'retriever'],
    ['vector-retrieval', 'retriever'],
    ['DocumentRetriever', 'retriever'],
    ['knowledge_base', 'retriever'],
    ['embed', 'embedding'],
    ['query embedding', 'embedding'],
    ['eval', 'evaluator'],
    ['evaluateAnswer', 'evaluator'],
    ['run:evaluation', 'evaluator'],
    ['metric/bleu', 'evaluator'],
    ['score', 'evaluator'],
    ['answer-evaluator', 'evaluator'],
    ['tool', 'tool'],
    ['playTool', 'tool'],
    ['LLMTool', 'tool'],
    ['TOOL_CALL', 'tool'],
    ['tool2', 'tool'],
    ['agent.step', 'agent'],
    ['chain', 'chain'],
    ['guard', 'guardrail'],
    ['input guardrail', 'guardrail'],
    ['agent-tool', 'agent'],
    // Substrings, other words, other alphabets.
    ['toolbox', 'span'],
    ['tools', 'span'],
    ['retrieved', 'span'],
    ['medieval', 'span'],
    ['underscored', 'span'],
    ['reagent', 'span'],
    ['blockchain', 'span'],
    ['safeguard', 'span'],
    ['préscore', 'span'],
    ['größetool', 'span'],
    ['scoreö', 'span'],
    ['', 'span'],
    ['  ', 'span'],
    ['42', 'span'],
    ['constructor', 'span'],
    ['__proto__', 'span'],
    ['hasOwnProperty', 'span'],
    ['検索', 'span'],
    ['rag-query', 'span'],
  ] as const)('observationTypes() of %j is %s', (name, type) => {
    expect(observationTypeOf(name, 'base')).toBe(type)
  })

  it.each([
    ['base', 'span'],
    ['llm', 'span'],
    ['knowledge', 'retriever'],
    ['database', 'span'],
    ['evaluation', 'evaluator'],
  ] as const)('observationTypes() without a word goes by the kind %s: %s', (kind, type) => {
    expect(observationTypeOf('lookup', kind)).toBe(type)
    expect(observationTypeOf('tool lookup', kind)).toBe('tool')
  })

  it('observationTypes() of a very long name does not take long', () => {
    expect(observationTypeOf('Aa'.repeat(500_000), 'base')).toBe('span')
    expect(observationTypeOf('A'.repeat(1_000_000), 'base')).toBe('span')
  })

  it('observationTypes() gives the same type the second time, and the right one when there are more names than it remembers', () => {
    const typeOf = observationTypes('base')
    for (let i = 0; i < 1500; i++) expect(typeOf(`retrieval-${i}`)).toBe('retriever')
    expect(['retrieval-0', 'retrieval-1499', 'plain'].map(typeOf)).toEqual(['retriever', 'retriever', 'span'])
    expect(observationTypes('evaluation')('plain')).toBe('evaluator')
  })
})

describe('observationTypeOfModel()', () => {
  it.each([
    ['gpt-4o', 'generation'],
    ['claude-sonnet-4', 'generation'],
    ['text-embedding-3-small', 'embedding'],
    ['embed-english-v3.0', 'embedding'],
    ['nomic-embed-text', 'embedding'],
    ['amazon.titan-embed-text-v2:0', 'embedding'],
    ['Qwen3-Embedding-8B', 'embedding'],
    ['gemini-embedding-001', 'embedding'],
    ['embedded-llama', 'generation'],
    ['member-model', 'generation'],
  ] as const)('observationTypeOfModel(%j) is %s', (model, type) => {
    expect(observationTypeOfModel(model)).toBe(type)
  })
})
