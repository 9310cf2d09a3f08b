import type { DatasetItem } from '../dataset-item.js'
import { encodeJson } from '../encode-json.js'
import { writeAtomically } from '../files/write-atomically.js'
import { type ChatMessage, chatMessagesOf } from './chat-messages-of.js'

/** How examples for fine-tuning are made. */
export interface FineTuningOptions {
  /** A system message to begin each example with that has none. @default none */
  system?: string
  /**
   * Which answer is taught: the expected output, the actual one, or the expected one where there is one.
   * @default 'expected-or-actual'
   */
  answer?: 'expected' | 'actual' | 'expected-or-actual'
}

/** An example for fine-tuning: a line of the file. */
export interface FineTuningExample {
  readonly messages: readonly ChatMessage[]
}

/** A file of examples. */
export interface WrittenExamples {
  /** Where it is, absolutely. */
  readonly path: string
  /** How many examples it holds. */
  readonly items: number
  /** How many items were left out because they have no answer. */
  readonly skipped: number
}

/**
 * Writes items as chat examples for fine-tuning, in the JSON Lines that OpenAI and others take. The file appears whole or not at all.
 *
 * @param path - The file.
 * @param items - The items.
 * @param options - System message, and which answer to teach.
 * @returns Where it is, how many examples it holds, and how many items have no answer.
 * @throws {LoaderError} `write_failed` if the file system refuses; `invalid_dataset` if an item has no form in JSON.
 */
export async function writeFineTuning(
  path: string | URL,
  items: Iterable<DatasetItem>,
  options: FineTuningOptions = {},
): Promise<WrittenExamples> {
  const counts = { items: 0, skipped: 0 }
  const lines = function* (): Generator<string> {
    for (const item of items) {
      const example = fineTuningExample(item, options)
      if (example === null) counts.skipped += 1
      else yield `${encodeJson(example, `item ${++counts.items + counts.skipped}`)}\n`
    }
  }
  return { path: await writeAtomically(path, lines()), ...counts }
}

/**
 * Makes a chat example of an item: its conversation, the question if the conversation does not hold it, and the answer.
 *
 * @param item - The item.
 * @param options - System message, and which answer to teach.
 * @returns The example; `null` if the item has no answer.
 */
export function fineTuningExample(item: DatasetItem, options: FineTuningOptions = {}): FineTuningExample | null {
  const answer = answerOf(item, options.answer ?? 'expected-or-actual')
  const asksAlready = item.conversation.some(({ role, content }) => role === 'user' && content === item.query)
  const messages = chatMessagesOf(item.conversation, !asksAlready || answer !== null)
  if (!asksAlready) messages.push({ role: 'user', content: item.query })
  const last = messages.at(-1)
  if (answer !== null) {
    // The conversation's own last answer is what the taught one stands for.
    if (last?.role === 'assistant' && last.tool_calls === undefined) messages.pop()
    messages.push({ role: 'assistant', content: answer })
  } else if (options.answer !== undefined || last?.role !== 'assistant') return null
  const { system } = options
  const needsNone = system === undefined || messages[0]?.role === 'system'
  return { messages: needsNone ? messages : [{ role: 'system', content: system }, ...messages] }
}

function answerOf(item: DatasetItem, which: NonNullable<FineTuningOptions['answer']>): string | null {
  if (which === 'expected') return item.expectedOutput
  return which === 'actual' ? item.actualOutput : (item.expectedOutput ?? item.actualOutput)
}
