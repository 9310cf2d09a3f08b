import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { completionStartMillis } from './completion-start-time.js'
import { observationLevel } from './level.js'
import { isAggregateSpan, modelName } from './model-name.js'
import { modelParameters } from './model-parameters.js'
import { observationName } from './span-name.js'
import { toolUse } from './tool-calls.js'
import { traceTags } from './trace-tags.js'

const of = (attributes: object): ReturnType<typeof emptyAttributes> => Object.assign(emptyAttributes(), attributes)

describe('observationLevel()', () => {
  it.each([
    ['ERROR', 0, 'ERROR'],
    [' warn ', 0, 'WARNING'],
    ['info', 2, 'DEFAULT'],
    ['fatal', 0, 'ERROR'],
    ['trace', 0, 'DEBUG'],
    ['nonsense', 2, 'ERROR'],
    ['nonsense', 1, 'DEFAULT'],
    [7, 0, 'DEFAULT'],
    [undefined, 2, 'ERROR'],
  ])('observationLevel() of %j with status %d is %s', (named, status, level) => {
    expect(observationLevel(named, status)).toBe(level)
  })
})

describe('traceTags()', () => {
  it.each([
    [{ 'langfuse.trace.tags': ['a', 1] }, ['a', '1']],
    [{ 'langfuse.trace.tags': '["a","b"]' }, ['a', 'b']],
    [{ 'langfuse.trace.tags': 'a, b' }, ['a', 'b']],
    [{ 'langfuse.trace.tags': 'a' }, ['a']],
    [{ 'langfuse.trace.tags': '[broken' }, ['[broken']],
    [{ 'langfuse.trace.tags': '', 'tag.tags': ['x'] }, ['x']],
    [{ 'ai.telemetry.metadata.tags': ['x'] }, ['x']],
    [{ 'langfuse.trace.tags': 7 }, []],
    [{}, []],
  ])('traceTags() reads %j', (attributes, tags) => {
    expect(traceTags(of(attributes))).toEqual(tags)
  })
})

describe('completionStartMillis()', () => {
  it.each([
    [{ 'langfuse.observation.completion_start_time': '2026-11-23T04:08:02.780Z' }, 1_795_406_882_780],
    [{ 'langfuse.observation.completion_start_time': '"2026-11-23T04:08:02.780Z"' }, 1_795_406_882_780],
    [{ 'langfuse.observation.completion_start_time': 'soon' }, undefined],
    [{ 'ai.response.msToFirstChunk': 12.2 }, 1013],
    [{ 'ai.stream.msToFirstChunk': 'x' }, undefined],
    [{ 'ai.response.msToFirstChunk': 0 }, undefined],
    [{ 'ai.response.msToFirstChunk': Number.POSITIVE_INFINITY }, undefined],
    // 8.64e15 is the last millisecond of ECMAScript; 1000 of it is the start.
    [{ 'ai.response.msToFirstChunk': 8.64e15 - 1000 }, 8.64e15],
    [{ 'ai.response.msToFirstChunk': 8.64e15 }, undefined],
    [{ 'ai.response.msToFirstChunk': 1e18 }, undefined],
    [{ 'ai.response.msToFirstChunk': -1e18 }, undefined],
    [{ 'langfuse.observation.completion_start_time': 8.64e15 }, 8.64e15],
    [{ 'langfuse.observation.completion_start_time': 8.64e15 + 1 }, undefined],
    [{ 'langfuse.observation.completion_start_time': '8640000000000001' }, undefined],
    [{}, undefined],
  ])('completionStartMillis() reads %j', (attributes, millis) => {
    expect(completionStartMillis(of(attributes), 1000)).toBe(millis)
  })
})

describe('observationName()', () => {
  it.each([
    [{}, 'span'],
    [{ 'gen_ai.tool.name': 'search' }, 'search'],
    [{ 'gen_ai.tool.name': '' }, 'span'],
    [{ 'ai.operationId': 'ai.streamText', 'ai.telemetry.functionId': 'chat' }, 'chat:ai.streamText'],
    [{ 'ai.operationId': 'ai.streamText' }, 'ai.streamText'],
    [{ 'logfire.msg': ['x'] }, '["x"]'],
  ])('observationName() with %j is %s', (attributes, name) => {
    expect(observationName('span', of(attributes))).toBe(name)
  })
})

describe('modelName()', () => {
  it.each([
    [{ model: 'm', 'gen_ai.request.model': 'q', 'gen_ai.response.model': 'r' }, 'r'],
    [{ 'langfuse.observation.model.name': 'l', 'gen_ai.response.model': 'r' }, 'l'],
    [{ 'genkit:name': 'g' }, undefined],
    [{ 'genkit:name': 'g', 'genkit:metadata:subtype': 'model' }, 'g'],
  ])('modelName() of %j is %s', (attributes, name) => {
    expect(modelName(of(attributes))).toBe(name)
  })

  it.each([
    ['invoke_agent', true],
    ['agent_step', true],
    ['chat', false],
  ])('isAggregateSpan() of %s is %s', (operation, expected) => {
    expect(isAggregateSpan(of({ 'gen_ai.operation.name': operation }))).toBe(expected)
  })
})

describe('modelParameters()', () => {
  it.each([
    [
      { 'langfuse.observation.model.parameters': '{"temperature":0.2,"stop":["a"],"on":true}' },
      'any',
      { temperature: 0.2, stop: '["a"]', on: 'true' },
    ],
    [{ 'langfuse.observation.model.parameters': '{', 'llm.invocation_parameters': '{"n":1}' }, 'any', { n: 1 }],
    [
      { 'gen_ai.request.temperature': 0.5, 'gen_ai.request.model': 'm', 'gen_ai.request.stop': ['x'] },
      'any',
      { temperature: 0.5, stop: '["x"]' },
    ],
    [{}, 'any', {}],
  ])('modelParameters() reads %j of %s', (attributes, scope, parameters) => {
    expect(modelParameters(of(attributes), scope)).toEqual(parameters)
  })

  it('modelParameters() reads the settings of the AI SDK, and lets explicit ones win', () => {
    const attributes = of({
      'ai.settings.maxRetries': 2,
      'gen_ai.response.finish_reasons': ['stop'],
      'ai.model.provider': 'openai',
      'langfuse.observation.model.parameters': '{"temperature":1}',
    })
    expect(modelParameters(attributes, 'ai')).toEqual({
      maxSteps: null,
      toolChoice: null,
      maxTokens: null,
      finishReason: 'stop',
      system: 'openai',
      maxRetries: '2',
      mode: null,
      temperature: 1,
      service_tier: null,
    })
  })
})

describe('toolUse()', () => {
  it.each([
    ['{"tools":[{"function":{"name":"a"}},{"name":"b"},{"name":"a"}]}', '', ['a', 'b'], []],
    ['[{"role":"user","tools":[{"name":"c"}]}]', '', ['c'], []],
    ['', '{"role":"assistant","tool_calls":[{"function":{"name":"a"}},{"function":{"name":"a"}}]}', [], ['a', 'a']],
    ['', '{"choices":[{"message":{"tool_calls":[{"function":{"name":"a"}}]}}]}', [], ['a']],
    ['', '[{"type":"tool_use","name":"b","input":{}}]', [], ['b']],
    ['', '{"role":"assistant","content":[{"type":"tool-call","toolName":"c"},{"type":"text"}]}', [], ['c']],
    ['a tool in prose', 'a call in prose', [], []],
    ['{"tools":[null,7,{"name":""}]}', '{"tool_calls":"no json"}', [], []],
  ])('toolUse() finds in %s and %s', (input, output, offered, called) => {
    expect(toolUse(input, output)).toEqual({ offered, called })
  })
})
