import type { DatasetItem } from '../dataset-item.js'
import type { DatasetItemFields } from '../item-fields.js'

/** A check of a promptfoo test. */
export interface PromptfooAssertion {
  readonly type: string
  readonly value: string
}

/** A promptfoo test case. */
export interface PromptfooTest {
  readonly description: string
  /** Prompts say `{{ item.query }}`. */
  readonly vars: { readonly item: DatasetItemFields }
  readonly assert: readonly PromptfooAssertion[]
  readonly metadata: Readonly<Record<string, string>>
}

/** How promptfoo tests are made. */
export interface PromptfooOptions {
  /** The check against an item's expected output, such as `equals`, `icontains`, `similar` or `llm-rubric`. @default 'equals' */
  expectedOutput?: string
  /** The check of each of an item's acceptance criteria. @default 'llm-rubric' */
  acceptanceCriteria?: string
}

// What stands in a description is shown in a table.
const MAX_DESCRIPTION = 80

/**
 * Makes promptfoo test cases: written as JSON, promptfoo reads them with `tests: file://tests.json`.
 *
 * All of an item is in one variable, `item`. Promptfoo renders a variable that is text as a template of its own, loads what begins with
 * `file://`, and makes a test of each entry of a list; questions and answers are written by strangers, and inside a record they are
 * left alone. For the same reason a check names the expected output instead of holding it.
 *
 * @param items - The items.
 * @param options - Which checks to make.
 * @returns A test for each item.
 */
export function toPromptfooTests(items: Iterable<DatasetItem>, options: PromptfooOptions = {}): PromptfooTest[] {
  return Array.from(items, (item) => ({
    description: describe(item),
    vars: { item: { ...item } },
    assert: assertionsOf(item, options),
    metadata: { itemId: item.id, ...(item.traceId === null ? {} : { traceId: item.traceId }) },
  }))
}

function describe(item: DatasetItem): string {
  const line = item.query.replace(/\s+/g, ' ').trim()
  if (line === '') return item.id
  return line.length > MAX_DESCRIPTION ? `${line.slice(0, MAX_DESCRIPTION)}…` : line
}

function assertionsOf(item: DatasetItem, options: PromptfooOptions): readonly PromptfooAssertion[] {
  const { expectedOutput = 'equals', acceptanceCriteria = 'llm-rubric' } = options
  return [
    ...(item.expectedOutput === null ? [] : [{ type: expectedOutput, value: '{{ item.expectedOutput }}' }]),
    ...item.acceptanceCriteria.map((_, index) => ({
      type: acceptanceCriteria,
      value: `{{ item.acceptanceCriteria[${index}] }}`,
    })),
  ]
}
