import { describe, expect, it } from 'vitest'
import { isFixedValue } from './fixed-values.js'

describe('isFixedValue()', () => {
  it.each([
    ['langfuse.observation.type', 'generation'],
    ['langfuse.observation.type', 'guardrail'],
    ['langfuse.observation.level', 'WARNING'],
    ['langfuse.observation.completion_start_time', '"2026-11-23T10:11:12.123Z"'],
    ['langfuse.observation.completion_start_time', '2026-11-23T10:11:12+02:00'],
    ['langfuse.observation.usage_details', '{"input":12,"output":3,"total":15}'],
    ['langfuse.observation.usage_details', '{"ephemeral_5m_input_tokens":1}'],
    ['langfuse.observation.usage_details', '{}'],
    ['langfuse.observation.cost_details', '{"input":0.0001,"total":1.5e-7}'],
  ])('isFixedValue() of %s and %j is true', (key, text) => {
    expect(isFixedValue(key, text)).toBe(true)
  })

  it.each([
    ['langfuse.observation.type', 'generation of jane'],
    ['langfuse.observation.type', 'generation\n'],
    ['langfuse.observation.type', ''],
    ['langfuse.observation.level', 'error'],
    ['langfuse.observation.completion_start_time', '"2026-11-23"'],
    ['langfuse.observation.completion_start_time', '"2026-11-23T10:11:12Z" jane'],
    ['langfuse.observation.usage_details', '{"input":"12"}'],
    ['langfuse.observation.usage_details', '{"input":4111111111111111}'],
    ['langfuse.observation.usage_details', '{"a@b.co":1}'],
    ['langfuse.observation.usage_details', '{"nested":{"a":1}}'],
    ['langfuse.observation.usage_details', '[1]'],
    ['langfuse.observation.cost_details', '{"total":"free"}'],
    ['langfuse.observation.input', 'generation'],
    ['type', 'generation'],
    ['', ''],
  ])('isFixedValue() of %s and %j is false', (key, text) => {
    expect(isFixedValue(key, text)).toBe(false)
  })
})
