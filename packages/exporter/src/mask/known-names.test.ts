import { describe, expect, it } from 'vitest'
import { splitName } from './known-names.js'

describe('splitName()', () => {
  it.each([
    ['gen_ai.request.model', 'gen_ai.request.model', ''],
    ['langfuse.observation.input', 'langfuse.observation.input', ''],
    ['llm.input_messages.0.message.content', 'llm.input_messages.0.message.content', ''],
    ['genkit:input', 'genkit:input', ''],
    ['user.id', 'user.id', ''],
    ['langfuse.trace.metadata.team', 'langfuse.trace.metadata.', 'team'],
    ['langfuse.observation.metadata.a b@c.de', 'langfuse.observation.metadata.', 'a b@c.de'],
    ['langfuse.observation.metadata', 'langfuse.observation.metadata', ''],
    ['ai.telemetry.metadata.customer', 'ai.telemetry.metadata.', 'customer'],
    ['traceloop.association.properties.customer', 'traceloop.association.properties.', 'customer'],
    ['num_chunks', '', 'num_chunks'],
    ['my.namespace.key', '', 'my.namespace.key'],
    ['gen_aix.y', '', 'gen_aix.y'],
    // No name that any vocabulary has.
    ['gen_ai.jane doe', '', 'gen_ai.jane doe'],
    ['gen_ai.a@b.co', '', 'gen_ai.a@b.co'],
    [`gen_ai.${'x'.repeat(200)}`, '', `gen_ai.${'x'.repeat(200)}`],
    ['__proto__', '', '__proto__'],
    ['', '', ''],
  ])('splitName() takes %j for %j and %j', (name, known, made) => {
    expect(splitName(name)).toEqual({ known, made })
  })
})
