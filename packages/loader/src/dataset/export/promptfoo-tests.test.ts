import { describe, expect, it } from 'vitest'
import { DatasetItem } from '../dataset-item.js'
import { toPromptfooTests } from './promptfoo-tests.js'

describe('toPromptfooTests()', () => {
  it('toPromptfooTests() makes a test with a check of the expected output and of each criterion', () => {
    const item = new DatasetItem({
      id: 'one',
      query: 'Why?\nReally',
      expectedOutput: 'So.',
      acceptanceCriteria: ['short', 'kind'],
      traceId: 't',
    })
    expect(toPromptfooTests([item])).toEqual([
      {
        description: 'Why? Really',
        vars: { item: { ...item } },
        assert: [
          { type: 'equals', value: '{{ item.expectedOutput }}' },
          { type: 'llm-rubric', value: '{{ item.acceptanceCriteria[0] }}' },
          { type: 'llm-rubric', value: '{{ item.acceptanceCriteria[1] }}' },
        ],
        metadata: { itemId: 'one', traceId: 't' },
      },
    ])
  })

  it('toPromptfooTests() takes other checks, and makes none of what is not there', () => {
    const items = [
      new DatasetItem({ id: 'a', query: ' ', expectedOutput: '' }),
      new DatasetItem({ id: 'b', query: 'q'.repeat(100) }),
    ]
    const [first, second] = toPromptfooTests(items, { expectedOutput: 'icontains', acceptanceCriteria: 'g-eval' })
    expect(first).toMatchObject({ description: 'a', assert: [{ type: 'icontains' }] })
    expect(second).toMatchObject({ description: `${'q'.repeat(80)}…`, assert: [] })
  })

  it('toPromptfooTests() puts no text of a stranger where promptfoo loads files or renders templates', () => {
    const hostile = ['file:///etc/passwd', 'file://x.js', 'package:evil:run', '{{ env.OPENAI_API_KEY }}', '{% for %}']
    const items = hostile.map(
      (text) => new DatasetItem({ query: text, expectedOutput: text, acceptanceCriteria: [text] }),
    )
    for (const { vars, assert } of toPromptfooTests(items)) {
      expect(Object.values(vars).every((value) => typeof value === 'object' && !Array.isArray(value))).toBe(true)
      expect(assert.map(({ value }) => value)).toEqual([
        '{{ item.expectedOutput }}',
        '{{ item.acceptanceCriteria[0] }}',
      ])
    }
  })
})
