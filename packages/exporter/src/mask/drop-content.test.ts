import { describe, expect, it } from 'vitest'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { dropContent } from './drop-content.js'
import { recordSpan, stringsOf } from './outgoing-span.fixture.js'

const CONTENT = 'what a user or a model said'

/** What instrumentations write, by convention: what must go, and what must stay. */
const CONVENTIONS: Readonly<
  Record<string, { readonly content: readonly string[]; readonly facts: readonly string[] }>
> = {
  Langfuse: {
    content: [
      'langfuse.observation.input',
      'langfuse.observation.output',
      'langfuse.trace.input',
      'langfuse.trace.output',
    ],
    facts: [
      'langfuse.observation.type',
      'langfuse.observation.model.name',
      'langfuse.observation.usage_details',
      'langfuse.observation.cost_details',
      'langfuse.observation.prompt.name',
      'langfuse.observation.metadata.num_chunks',
      'langfuse.trace.name',
      'langfuse.trace.tags',
      'user.id',
      'session.id',
    ],
  },
  'OpenTelemetry GenAI': {
    content: [
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'gen_ai.system_instructions',
      'gen_ai.tool.definitions',
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.result',
    ],
    facts: [
      'gen_ai.operation.name',
      'gen_ai.request.model',
      'gen_ai.response.model',
      'gen_ai.response.id',
      'gen_ai.usage.input_tokens',
      'gen_ai.tool.name',
      'gen_ai.tool.call.id',
      'gen_ai.conversation.id',
      'gen_ai.prompt.name',
    ],
  },
  Traceloop: {
    content: [
      'traceloop.entity.input',
      'traceloop.entity.output',
      'gen_ai.prompt',
      'gen_ai.prompt.0.content',
      'gen_ai.prompt.0.tool_calls.0.arguments',
      'gen_ai.completion.0.content',
      'llm.prompts.0.content',
      'llm.completions.0.content',
      'llm.request.functions.0.parameters',
      'traceloop.prompt.template_variables.name',
    ],
    facts: [
      'traceloop.span.kind',
      'traceloop.entity.name',
      'llm.request.type',
      'llm.usage.total_tokens',
      'gen_ai.system',
    ],
  },
  OpenInference: {
    content: [
      'input.value',
      'output.value',
      'llm.input_messages.0.message.content',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
      'llm.prompts',
      'llm.prompt_template.template',
      'llm.prompt_template.variables',
      'llm.function_call',
      'llm.tools.0.tool.json_schema',
      'retrieval.documents.0.document.content',
      'reranker.query',
      'reranker.input_documents.0.document.content',
      'reranker.output_documents.0.document.content',
      'embedding.embeddings.0.embedding.text',
      'embedding.embeddings.0.embedding.vector',
      'tool.parameters',
    ],
    facts: [
      'openinference.span.kind',
      'llm.model_name',
      'llm.provider',
      'llm.token_count.total',
      'llm.cost.total',
      'llm.invocation_parameters',
      'llm.prompt_template.version',
      'embedding.model_name',
      'reranker.top_k',
      'tool.name',
      'input.mime_type',
      'metadata',
    ],
  },
  'Vercel AI SDK': {
    content: [
      'ai.prompt',
      'ai.prompt.messages',
      'ai.prompt.tools',
      'ai.prompt.toolChoice',
      'ai.response.text',
      'ai.response.object',
      'ai.response.toolCalls',
      'ai.response.reasoning',
      'ai.result.text',
      'ai.result.object',
      'ai.result.toolCalls',
      'ai.toolCall.args',
      'ai.toolCall.result',
      'ai.value',
      'ai.values',
      'ai.embedding',
      'ai.embeddings',
      'ai.schema',
    ],
    facts: [
      'ai.operationId',
      'ai.model.id',
      'ai.response.id',
      'ai.response.model',
      'ai.response.finishReason',
      'ai.response.msToFirstChunk',
      'ai.usage.promptTokens',
      'ai.toolCall.name',
      'ai.toolCall.id',
      'ai.telemetry.metadata.userId',
    ],
  },
  'other sources of Langfuse 4.16': {
    content: [
      'gcp.vertex.agent.llm_request',
      'gcp.vertex.agent.llm_response',
      'gcp.vertex.agent.tool_call_args',
      'gcp.vertex.agent.tool_response',
      'prompt',
      'all_messages_events',
      'events',
      'mlflow.spanInputs',
      'mlflow.spanOutputs',
      'input',
      'output',
      'pydantic_ai.all_messages',
      'final_result',
      'tool_arguments',
      'tool_response',
      'genkit:input',
      'genkit:output',
      'lk.input_text',
      'lk.user_transcript',
      'lk.chat_ctx',
      'lk.user_input',
      'lk.function_tool.output',
      'lk.response.text',
    ],
    facts: [
      'gcp.vertex.agent.session_id',
      'mlflow.spanType',
      'genkit:name',
      'lk.function_tool.name',
      'events.count',
      'model',
    ],
  },
  MCP: {
    content: ['mcp.request.argument', 'mcp.request.arguments', 'mcp.response.value', 'mcp.anything.new'],
    facts: ['mcp.method.name', 'mcp.session.id', 'mcp.request.id', 'mcp.tool.name'],
  },
  databases: {
    content: ['db.query.result.document', 'db.query.result.metadata', 'db.query.embeddings.vector'],
    facts: ['db.system', 'db.statement', 'db.query.text', 'db.collection.name'],
  },
}

const rows = Object.entries(CONVENTIONS)
const all = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, CONTENT]))

describe('dropContent()', () => {
  it.each(rows)(
    'dropContent() drops the inputs and outputs of %s and keeps everything else',
    (_name, { content, facts }) => {
      const span = recordSpan((recording) => recording.setAttributes({ ...all(content), ...all(facts) }))
      expect(dropContent(span).attributes).toEqual(all(facts))
    },
  )

  it.each(rows)('dropContent() drops the content of %s from events too', (_name, { content, facts }) => {
    const span = recordSpan((recording) => recording.addEvent('an event', { ...all(content), ...all(facts) }))
    expect(dropContent(span).events.map(({ attributes }) => attributes)).toEqual([all(facts)])
  })

  it('dropContent() drops the events that are messages', () => {
    const names = [
      'gen_ai.system.message',
      'gen_ai.user.message',
      'gen_ai.assistant.message',
      'gen_ai.tool.message',
      'gen_ai.choice',
      'gen_ai.content.prompt',
      'gen_ai.content.completion',
      'gen_ai.client.inference.operation.details',
    ]
    const span = recordSpan((recording) => {
      for (const name of names) recording.addEvent(name, { content: CONTENT, message: CONTENT })
      recording.recordException({ name: 'Error', message: 'kept' })
      recording.addEvent('gen_ai.choice_made', { index: 1 })
    })
    expect(dropContent(span).events.map(({ name }) => name)).toEqual(['exception', 'gen_ai.choice_made'])
    expect(stringsOf(dropContent(span))).not.toContain(CONTENT)
  })

  it('dropContent() returns a span without content as it is, and changes none', () => {
    const bare = recordSpan((recording) => {
      recording.setAttributes({ 'gen_ai.request.model': 'm', n: 1 })
      recording.addEvent('e', { a: 'b' })
    })
    expect(dropContent(bare)).toBe(bare)
    const full: OutgoingSpan = recordSpan((recording) => recording.setAttributes({ input: CONTENT }))
    expect(dropContent(full)).not.toBe(full)
    expect(full.attributes).toEqual({ input: CONTENT })
    expect({ ...dropContent(full), attributes: full.attributes }).toEqual(full)
  })
})
