import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { inputAndOutput } from './input-output.js'

const of = (attributes: object): ReturnType<typeof emptyAttributes> => Object.assign(emptyAttributes(), attributes)

describe('inputAndOutput()', () => {
  it.each([
    [{}, 'any', null, null],
    [{ 'langfuse.observation.input': 'i', 'input.value': 'x', 'output.value': 'y' }, 'any', 'i', undefined],
    [{ 'langfuse.observation.input': '' }, 'any', '', undefined],
    [{ 'input.value': 'x', 'output.value': 'y' }, 'any', 'x', 'y'],
    [{ 'traceloop.entity.input': 'x', 'output.value': 'y' }, 'any', 'x', undefined],
    [{ 'ai.prompt.messages': '[]', 'ai.response.text': 'hi' }, 'ai', '[]', 'hi'],
    [
      { 'ai.prompt': 'p', 'ai.response.text': 'hi', 'ai.response.toolCalls': '[1]' },
      'ai',
      'p',
      '{"role":"assistant","content":"hi","tool_calls":"[1]"}',
    ],
    [{ 'ai.toolCall.args': '{}', 'ai.toolCall.result': '7' }, 'ai', '{}', '7'],
    [{ 'ai.prompt': 'p', 'ai.response.text': 'hi' }, 'other', null, null],
    [
      { 'gen_ai.input.messages': '[{"role":"user"}]', 'gen_ai.system_instructions': '[{"content":"be kind"}]' },
      'any',
      '[{"role":"system","content":"be kind"},{"role":"user"}]',
      undefined,
    ],
    [
      { 'gen_ai.input.messages': '[{"role":"system"}]', 'gen_ai.system_instructions': 'x' },
      'any',
      '[{"role":"system"}]',
      undefined,
    ],
    [{ 'gen_ai.tool.call.arguments': 'a', 'gen_ai.tool.call.result': 'r' }, 'any', 'a', 'r'],
    [
      { 'gen_ai.prompt.0.role': 'user', 'gen_ai.prompt.0.content': 'hi', 'gen_ai.completion.0.content': 'yo' },
      'any',
      [{ role: 'user', content: 'hi' }],
      [{ content: 'yo' }],
    ],
    [
      { 'llm.input_messages.1.message.content': 'b', 'llm.input_messages.0.message.content': 'a' },
      'any',
      [{ message: { content: 'a' } }, { message: { content: 'b' } }],
      {},
    ],
    [{ 'gcp.vertex.agent.llm_request': '{}', 'gcp.vertex.agent.tool_call_args': 'a' }, 'any', 'a', undefined],
    [{ 'genkit:input': '{"messages":[1]}', 'genkit:output': '{"message":2}' }, 'genkit-tracer', [1], 2],
    [
      { events: '[{"event.name":"gen_ai.user.message"},{"event.name":"gen_ai.choice"}]' },
      'any',
      [{ 'event.name': 'gen_ai.user.message' }],
      { 'event.name': 'gen_ai.choice' },
    ],
    [{ 'pydantic_ai.all_messages': 'm', final_result: 'r' }, 'pydantic-ai', 'm', 'r'],
  ])('inputAndOutput() reads %j of %s', (attributes, scope, input, output) => {
    expect(inputAndOutput(of(attributes), [], scope)).toEqual({ input, output })
  })

  it.each([
    [
      [
        { name: 'gen_ai.user.message', attributes: of({ content: 'hi' }) },
        { name: 'gen_ai.choice', attributes: of({ index: 0 }) },
      ],
      [{ role: 'user', content: 'hi' }],
      { index: 0 },
    ],
    [
      [{ name: 'gen_ai.client.inference.operation.details', attributes: of({ 'gen_ai.output.messages': 'o' }) }],
      undefined,
      'o',
    ],
    [[{ name: 'gen_ai.content.prompt', attributes: of({ 'gen_ai.prompt': 'p' }) }], 'p', {}],
    [[{ name: 'exception', attributes: of({ 'exception.message': 'boom' }) }], null, null],
  ])('inputAndOutput() reads the events %j', (events, input, output) => {
    expect(inputAndOutput(emptyAttributes(), events, 'any')).toEqual({ input, output })
  })

  it('inputAndOutput() neither allocates what hostile keys ask for nor reaches a prototype', () => {
    const { input } = inputAndOutput(
      of({
        'gen_ai.prompt.0.a': 1,
        'gen_ai.prompt.4000000000.b': 2,
        'gen_ai.prompt.0.__proto__.polluted': 3,
        'gen_ai.prompt.1.constructor': 4,
      }),
      [],
      'any',
    )
    expect(input).toEqual([{ a: 1 }])
    expect({}).not.toHaveProperty('polluted')
  })
})
