import { getActiveSpan, initTracer, type Tracer, trace } from '@axion/core'
import type OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { coverageOf } from './coverage-of.js'
import type { FoundPassage, PassageIndex } from './passage-index.js'
import { promptFor } from './prompt.js'

/** What the user gets. */
export interface Answer {
  readonly response: string
  /** Passages that the answer was made from, best first. */
  readonly sources: readonly string[]
}

/** The documents hold no answer. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError'
}

const PASSAGES = 4
// Whatever the model says: passages that speak of less than this part of a question cannot answer it.
const MIN_COVERAGE = 0.6

/** Answers questions from documents: search, ask the model, check. */
export class SupportAssistant {
  /** Found by `@trace`: spans of this class go to it. */
  readonly tracer: Tracer = initTracer('llm', { environment: 'quickstart', release: 'support-rag' })
  readonly #index: PassageIndex
  readonly #openai: OpenAI
  readonly #model: string

  /**
   * @param index - Where passages are found.
   * @param openai - The model's client.
   * @param model - The model's name.
   */
  constructor(index: PassageIndex, openai: OpenAI, model: string) {
    this.#index = index
    this.#openai = openai
    this.#model = model
  }

  /**
   * Answers a question.
   *
   * @throws {UnansweredError} If the documents hold no answer.
   */
  @trace({ name: 'support-question', captureArgs: true, captureResult: true })
  async answer(question: string): Promise<Answer> {
    const passages = this.#retrieve(question)
    const response = await this.#generate(promptFor(question, passages))
    const answer = { response, sources: passages.map(({ id }) => id) }
    // Set before the check, so that a refused answer is in the trace too.
    getActiveSpan()?.setOutput(answer)
    this.#guard(question, passages)
    return answer
  }

  #retrieve(question: string): FoundPassage[] {
    return this.tracer.span('retrieval', { type: 'retriever', input: { query: question } }, (span) => {
      const passages = this.#index.search(question, PASSAGES)
      span.setAttribute('num_chunks', passages.length).setOutput(passages)
      return passages
    })
  }

  #generate(messages: ChatCompletionMessageParam[]): Promise<string> {
    const parameters = { temperature: 0 }
    return this.tracer.span('generation', { model: this.#model, input: messages }, async (span) => {
      span.setModel(this.#model, parameters)
      const stream = await this.#openai.chat.completions.create({
        ...parameters,
        model: this.#model,
        messages,
        stream: true,
        stream_options: { include_usage: true },
      })
      let text = ''
      for await (const { choices, usage } of stream) {
        const part = choices[0]?.delta.content ?? ''
        if (part !== '') span.markFirstToken()
        text += part
        if (usage) {
          span.setUsage({ input: usage.prompt_tokens, output: usage.completion_tokens, total: usage.total_tokens })
        }
      }
      span.setOutput({ role: 'assistant', content: text })
      return text
    })
  }

  #guard(question: string, passages: readonly FoundPassage[]): void {
    this.tracer.span('grounding-guard', { input: { question, passages: passages.map(({ id }) => id) } }, (span) => {
      const coverage = coverageOf(question, passages)
      span.setOutput({ coverage })
      if (coverage < MIN_COVERAGE) throw new UnansweredError(`No document answers "${question}"`)
    })
  }
}
