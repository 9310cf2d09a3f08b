import { type Span, Tracer } from '@axion/core'
import { context, diag } from '@opentelemetry/api'
import { hasOwner, withOwner } from '../../calls/call-owner.js'
import { OpenSpans } from '../../calls/open-spans.js'
import { type Fields, fieldsOf, listOf, parametersOf, textOf, usageOf } from '../../calls/read-fields.js'
import { modelUsage } from './model-usage.js'

// https://ai-sdk.dev/docs/ai-sdk-core/telemetry, version 7.

/** What is open of one call of the SDK's user. */
interface OpenCall {
  readonly name: string
  readonly span: Span
  /** The request that runs, and when it began, in milliseconds since the epoch. */
  model?: { readonly span: Span; readonly startedAt: number }
  /** Tools and embeddings, by the SDK's ids. */
  readonly children: Map<unknown, Span>
}

/** What the SDK tells, as far as it is listened to. */
type ListenerName =
  | 'onStart'
  | 'onLanguageModelCallEnd'
  | 'onToolExecutionEnd'
  | 'onObjectStepStart'
  | 'onObjectStepEnd'
  | 'onEmbedStart'
  | 'onEmbedEnd'
  | 'onEnd'
  | 'onAbort'
  | 'onError'

/** What it lets integrations run. */
interface Executions {
  executeLanguageModelCall(call: Execution): unknown
  executeTool(call: Execution): unknown
}

type Listener = (event: unknown) => void

type Execution = Readonly<{ execute: () => unknown }>

const tracer = new Tracer('llm', { name: 'axion.register' })
const calls = new OpenSpans<OpenCall>()

const CONTENT = [
  ...['callId', 'provider', 'modelId', 'stepNumber', 'headers', 'providerOptions'],
  ...['instructions', 'messages', 'promptMessages', 'tools'],
]
const ADDED = ['recordInputs', 'recordOutputs', 'functionId', 'aiVersion']

/** Listens to the AI SDK; none of it throws. */
export const integration: Readonly<Record<ListenerName, Listener>> & Executions = {
  onStart: listener((event) => {
    if (hasOwner(context.active())) return
    const name = textOf(event.operationId) ?? 'ai'
    const span = tracer.startSpan(name, { type: 'span' })
    const { prompt, messages = prompt, value, values = value, functionId } = event
    if (event.recordInputs !== false) span.setInput(conversationOf(event) ?? messages ?? values)
    if (functionId !== undefined) span.setMetadata({ functionId })
    calls.add(idOf(event), { name, span, children: new Map() })
  }),
  executeLanguageModelCall(call: Execution): unknown {
    const span = attempt(() => startModelCall(fieldsOf(call)))
    if (!span) return call.execute()
    return context.with(withOwner(span.context), async () => {
      try {
        return await call.execute()
      } catch (error) {
        span.recordError(error).end()
        throw error
      }
    })
  },
  // `generateObject` and `streamObject` let nothing be run around their requests.
  onObjectStepStart: listener((event) => void startModelCall({ ...event, messages: event.promptMessages })),
  onObjectStepEnd: listener((event) => {
    const model = calls.get(idOf(event))?.model
    if (!model) return
    const { response, objectText, usage, msToFirstChunk } = event
    if (typeof msToFirstChunk === 'number') model.span.markFirstToken(model.startedAt + msToFirstChunk)
    model.span.setModel(textOf(fieldsOf(response).modelId)).setUsage(modelUsage(usage))
    if (event.recordOutputs !== false) model.span.setOutput({ role: 'assistant', content: objectText })
    model.span.end()
  }),
  onLanguageModelCallEnd: listener((event) => {
    const model = calls.get(idOf(event))?.model
    if (!model) return
    const { modelId, content, usage, performance, finishReason } = event
    const elapsed = fieldsOf(performance).timeToFirstOutputMs
    if (typeof elapsed === 'number') model.span.markFirstToken(model.startedAt + elapsed)
    model.span.setModel(textOf(modelId)).setUsage(modelUsage(usage))
    if (event.recordOutputs !== false) model.span.setOutput({ role: 'assistant', content })
    if (finishReason === 'content-filter') model.span.setLevel('WARNING', finishReason)
    model.span.end()
  }),
  executeTool(call: Execution): unknown {
    const span = attempt(() => startTool(fieldsOf(call)))
    return span ? context.with(span.context, () => call.execute()) : call.execute()
  },
  onToolExecutionEnd: listener((event) => {
    const span = takeChild(event, fieldsOf(event.toolCall).toolCallId)
    const { type, output, error } = fieldsOf(event.toolOutput)
    if (type === 'tool-error') span?.recordError(error)
    else if (event.recordOutputs !== false) span?.setOutput(output)
    span?.end()
  }),
  onEmbedStart: listener((event) => {
    const call = calls.get(idOf(event))
    if (!call) return
    const span = call.span.startSpan(textOf(event.operationId) ?? 'embed', { type: 'embedding' })
    if (event.recordInputs !== false) span.setInput(event.values)
    call.children.set(event.embedCallId, span.setModel(textOf(event.modelId)))
  }),
  onEmbedEnd: listener((event) => {
    const embeddings = listOf(event.embeddings)
    // The vectors stay out of the span: nobody reads them, and they are most of its bytes.
    takeChild(event, event.embedCallId)
      ?.setOutput({ embeddings: embeddings.length, dimensions: listOf(embeddings[0]).length })
      .setUsage(usageOf({ input: fieldsOf(event.usage).tokens }))
      .end()
  }),
  onEnd: listener((event) => {
    const { object, text, content } = event
    const output = object ?? (text === '' ? content : text)
    close(event, (span, isCall) => {
      if (isCall && event.recordOutputs !== false) span.setOutput(output)
    })
  }),
  onAbort: listener((event) => close(event, (span) => void span.setLevel('WARNING', 'aborted by the application'))),
  onError: listener((event) => close(event, (span) => void span.recordError(event.error))),
}

function startModelCall(event: Fields): Span | undefined {
  const call = calls.get(idOf(event))
  if (!call) return undefined
  // A request that is made again after one that failed is one more generation.
  const span = call.span.startSpan(`${call.name}.${/stream/i.test(call.name) ? 'doStream' : 'doGenerate'}`, {
    type: 'generation',
  })
  const conversation = conversationOf(event)
  const { tools } = event
  if (event.recordInputs !== false)
    span.setInput(tools === undefined ? conversation : { messages: conversation, tools })
  span.setModel(textOf(event.modelId), parametersOf(event, [...CONTENT, ...ADDED]))
  call.model = { span, startedAt: Date.now() }
  return span
}

function startTool(event: Fields): Span | undefined {
  const call = calls.get(idOf(event))
  if (!call) return undefined
  const { toolName, input } = fieldsOf(event.toolCall)
  const span = call.span.startSpan(textOf(toolName) ?? 'tool', { type: 'tool' })
  if (event.recordInputs !== false) span.setInput(input)
  call.children.set(event.toolCallId, span)
  return span
}

function takeChild(event: Fields, id: unknown): Span | undefined {
  const children = calls.get(idOf(event))?.children
  const span = children?.get(id)
  children?.delete(id)
  return span
}

/** Ends all that is open of a call; a span that has ended takes nothing more. */
function close(event: Fields, mark: (span: Span, isCall: boolean) => void): void {
  const call = calls.take(idOf(event))
  if (!call) return
  for (const child of [...call.children.values(), ...(call.model ? [call.model.span] : [])]) {
    mark(child, false)
    child.end()
  }
  mark(call.span, true)
  call.span.end()
}

function conversationOf({ instructions, messages }: Fields): readonly unknown[] | undefined {
  if (messages === undefined) return undefined
  // As a conversation: what is said first stands first.
  return instructions === undefined
    ? listOf(messages)
    : [{ role: 'system', content: instructions }, ...listOf(messages)]
}

function idOf({ callId }: Fields): string {
  return String(callId)
}

function listener(listen: (event: Fields) => void): Listener {
  return (event) => attempt(() => listen(fieldsOf(event)))
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    diag.error('@axion/register: cannot record a call of ai', error)
    return undefined
  }
}
