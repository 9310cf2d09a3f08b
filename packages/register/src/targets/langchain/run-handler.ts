import { type Span, type SpanOptions, Tracer } from '@axion/core'
import { type Context, context, createContextKey, diag } from '@opentelemetry/api'
import { OpenSpans } from '../../calls/open-spans.js'
import { type Fields, fieldsOf, listOf, textOf } from '../../calls/read-fields.js'
import { chatModelResponse } from './chat-model-response.js'
import { messagesOf } from './message-fields.js'
import { modelSettings } from './model-settings.js'

// https://reference.langchain.com/javascript/classes/_langchain_core.callbacks_base.BaseCallbackHandler.html

/** A call of a model: where it was made, and which runs it became. */
interface ModelCall {
  readonly from: Context
  readonly runIds: string[]
}

interface OpenRun {
  readonly span: Span
  /** Whether the span stands for this run, not for the one around it. */
  readonly isOwn: boolean
}

const MODEL_CALL = createContextKey('axion.register.langchain-model-call')
const tracer = new Tracer('llm', { name: 'axion.register' })

/** Turns what LangChain tells of runs into spans. LangChain calls these methods by name; none of them throws. */
export class RunHandler {
  readonly name = 'axion'
  /** Runs begin before what they do, so that it finds their span. */
  readonly awaitHandlers = true
  readonly raiseError = false
  readonly #runs = new OpenSpans<OpenRun>()

  /** The span of a run that has not ended, by LangChain's id. */
  spanOf(runId: unknown): Span | undefined {
    return typeof runId === 'string' ? this.#runs.get(runId)?.span : undefined
  }

  /** The context for a call of a model that is made in another. */
  inModel(from: Context): Context {
    const call: ModelCall = { from, runIds: [] }
    return from.setValue(MODEL_CALL, call)
  }

  /** Whether a model is being called, which made the context one that is owned. */
  isInModel(at: Context): boolean {
    return modelCallOf(at) !== undefined
  }

  /** A stream is read no more: LangChain will tell no end. @param written - what had come until then @param reason - why */
  leave(at: Context, written: string, reason: string): void {
    for (const runId of modelCallOf(at)?.runIds ?? []) {
      this.#end(runId, (span) => {
        span.setOutput({ role: 'assistant', content: written }).setLevel('WARNING', reason)
      })
    }
  }

  handleChatModelStart(
    ...[llm, messages, runId, parentRunId, extra, tags, metadata, runName]: readonly unknown[]
  ): void {
    const conversation = messagesOf(listOf(messages)[0])
    this.#startModel({ llm, runId, parentRunId, extra, tags, metadata, runName }, conversation)
  }

  handleLLMStart(...[llm, prompts, runId, parentRunId, extra, tags, metadata, runName]: readonly unknown[]): void {
    this.#startModel({ llm, runId, parentRunId, extra, tags, metadata, runName }, listOf(prompts)[0])
  }

  handleLLMNewToken(...[token, , runId, , , fields]: readonly unknown[]): void {
    const { tool_call_chunks } = fieldsOf(fieldsOf(fieldsOf(fields).chunk).message)
    const isWriting = (typeof token === 'string' && token !== '') || listOf(tool_call_chunks).length > 0
    if (isWriting) this.spanOf(runId)?.markFirstToken()
  }

  handleLLMEnd(output: unknown, runId: unknown): void {
    this.#end(runId, (span) => {
      const { output: message, model, usage } = chatModelResponse(output)
      span.setOutput(message).setUsage(usage)
      if (model !== undefined) span.setModel(model)
    })
  }

  handleLLMError(error: unknown, runId: unknown): void {
    this.#fail(runId, error)
  }

  handleChainStart(...[chain, inputs, runId, parentRunId, tags, metadata, , runName]: readonly unknown[]): void {
    const name = textOf(runName) ?? nameOf(chain, 'chain')
    const type = /agent/i.test(name) ? 'agent' : 'chain'
    this.#start({ runId, parentRunId, tags, metadata }, name, { type, input: () => messagesOf(inputs) })
  }

  handleChainEnd(outputs: unknown, runId: unknown): void {
    this.#end(runId, (span) => void span.setOutput(() => messagesOf(outputs)))
  }

  handleChainError(error: unknown, runId: unknown): void {
    // LangGraph interrupts itself by throwing: nothing went wrong.
    if (fieldsOf(error).is_bubble_up === true) this.#end(runId, () => {})
    else this.#fail(runId, error)
  }

  handleToolStart(...[tool, input, runId, parentRunId, tags, metadata, runName]: readonly unknown[]): void {
    const name = textOf(runName) ?? nameOf(tool, 'tool')
    this.#start({ runId, parentRunId, tags, metadata }, name, { type: 'tool', input: parsed(input) })
  }

  handleToolEnd(output: unknown, runId: unknown): void {
    this.#end(runId, (span) => void span.setOutput(() => messagesOf(output)))
  }

  handleToolError(error: unknown, runId: unknown): void {
    this.#fail(runId, error)
  }

  handleRetrieverStart(...[retriever, query, runId, parentRunId, tags, metadata, runName]: readonly unknown[]): void {
    const name = textOf(runName) ?? nameOf(retriever, 'retriever')
    this.#start({ runId, parentRunId, tags, metadata }, name, { type: 'retriever', input: query })
  }

  handleRetrieverEnd(documents: unknown, runId: unknown): void {
    this.#end(runId, (span) => void span.setOutput(documents))
  }

  handleRetrieverError(error: unknown, runId: unknown): void {
    this.#fail(runId, error)
  }

  #startModel(run: Fields, input: unknown): void {
    const { llm, extra, metadata, runName, runId } = run
    const { model, parameters, tools } = modelSettings(extra, metadata)
    const span = this.#start(run, textOf(runName) ?? nameOf(llm, 'model'), {
      type: 'generation',
      input: tools === undefined ? input : { messages: input, tools },
    })
    span?.setModel(model, parameters)
    modelCallOf(context.active())?.runIds.push(String(runId))
  }

  #start({ runId, parentRunId, tags }: Fields, name: string, options: SpanOptions): Span | undefined {
    return attempt(() => {
      const parent = this.spanOf(parentRunId)
      // Steps of LangGraph's own: what is in them hangs on the span around them.
      if (parent && listOf(tags).includes('langsmith:hidden')) {
        this.#runs.add(String(runId), { span: parent, isOwn: false })
        return undefined
      }
      const from = modelCallOf(context.active())?.from ?? context.active()
      const span = parent ? parent.startSpan(name, options) : context.with(from, () => tracer.startSpan(name, options))
      this.#runs.add(String(runId), { span, isOwn: true })
      return span
    })
  }

  #end(runId: unknown, finish: (span: Span) => void): void {
    const run = this.#runs.take(String(runId))
    if (!run?.isOwn) return
    attempt(() => finish(run.span))
    run.span.end()
  }

  #fail(runId: unknown, error: unknown): void {
    this.#end(runId, (span) => void span.recordError(error))
  }
}

function modelCallOf(at: Context): ModelCall | undefined {
  // Only this file writes under the key.
  return at.getValue(MODEL_CALL) as ModelCall | undefined
}

/** Serialized classes carry their path: `['langchain', 'chat_models', 'openai', 'ChatOpenAI']`. */
function nameOf(serialized: unknown, otherwise: string): string {
  const { name, id } = fieldsOf(serialized)
  return textOf(name) ?? textOf(listOf(id).at(-1)) ?? otherwise
}

/** Tools get their arguments as JSON here. */
function parsed(input: unknown): unknown {
  if (typeof input !== 'string') return input
  try {
    return JSON.parse(input)
  } catch {
    return input
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    diag.error('@axion/register: cannot record a run of LangChain', error)
    return undefined
  }
}
