import { readChatMessages } from '../dataset/chat-messages.js'
import { textOfValue } from '../dataset/text-of-value.js'
import type { Observation } from '../model/observation.js'
import type { Trace } from '../model/trace.js'
import { walkTree } from '../model/walk-tree.js'
import { invalidOption } from '../options/invalid-option.js'
import { matchInTime } from './match-in-time.js'

/** For each step, by name, the patterns of its variables, by name. */
export type StepPatterns = Readonly<Record<string, Readonly<Record<string, RegExp>>>>

/** What was found: for each step that the trace has, its variables; `null` where a pattern did not match. */
export type ExtractedVariables<Patterns extends StepPatterns> = {
  readonly [Step in keyof Patterns]?: { readonly [Variable in keyof Patterns[Step]]: string | null }
}

/** How patterns are applied. */
export interface PromptPatternsOptions {
  /** How long one pattern may take on one prompt, in milliseconds. @default 100 */
  timeoutMillis?: number
}

/**
 * Gets back out of prompts what a template filled in: named patterns for each step of a trace.
 *
 * @example
 * ```ts
 * const patterns = new PromptPatterns({ answer: { context: createExtractionPattern('Context:', 'Question:') } })
 * const { answer } = patterns.extract(trace)
 * ```
 */
export class PromptPatterns<Patterns extends StepPatterns = StepPatterns> {
  readonly #patterns: Patterns
  readonly #timeoutMillis: number

  /**
   * @param patterns - The patterns. The value of a variable is the first group that took part in the match, else the whole match,
   * without white space around it.
   * @param options - How they are applied.
   * @throws {LoaderError} `invalid_options` if something that should be a pattern is none.
   */
  constructor(patterns: Patterns, options: PromptPatternsOptions = {}) {
    for (const [step, variables] of Object.entries(patterns)) {
      for (const [variable, pattern] of Object.entries(variables)) {
        if (!(pattern instanceof RegExp))
          throw invalidOption(
            `${step}.${variable}`,
            'it is no pattern',
            'expected a RegExp or createExtractionPattern(…)',
          )
      }
    }
    const { timeoutMillis = 100 } = options
    if (!Number.isSafeInteger(timeoutMillis) || timeoutMillis < 1)
      throw invalidOption('timeoutMillis', `it is ${String(timeoutMillis)}`, 'expected a whole number of 1 or more')
    this.#patterns = patterns
    this.#timeoutMillis = timeoutMillis
  }

  /**
   * Applies the patterns to the prompts of a trace: those of the generations of a step, or below it. The first that matches counts.
   *
   * @param trace - The trace, with its observations.
   * @returns The variables of each step that the trace has.
   * @throws {LoaderError} `slow_pattern` if a pattern takes too long on a prompt.
   */
  extract(trace: Trace): ExtractedVariables<Patterns> {
    const found: Record<string, Record<string, string | null>> = {}
    for (const [name, variables] of Object.entries(this.#patterns)) {
      const prompts = trace.step(name)?.observations.flatMap(promptsBelow)
      if (prompts === undefined) continue
      found[name] = Object.fromEntries(
        Object.entries(variables).map(([variable, pattern]) => [
          variable,
          this.#firstMatch(prompts, pattern, `${name}.${variable}`),
        ]),
      )
    }
    // Built from the very keys of the patterns, which the type repeats.
    return found as ExtractedVariables<Patterns>
  }

  #firstMatch(prompts: readonly string[], pattern: RegExp, name: string): string | null {
    for (const prompt of prompts) {
      const match = matchInTime(pattern, prompt, this.#timeoutMillis, name)
      if (match === null) continue
      const [whole, ...groups] = match
      return (groups.find((group: string | undefined) => group !== undefined) ?? whole).trim()
    }
    return null
  }
}

function promptsBelow(observation: Observation): readonly string[] {
  const generations = [...walkTree([observation])].filter(({ type, input }) => type === 'GENERATION' && input !== null)
  return generations.map(({ input }) => promptText(input))
}

// The messages of a chat one after the other, as a person would read them.
function promptText(input: unknown): string {
  const messages = readChatMessages(input)
  return messages === undefined
    ? textOfValue(input)
    : messages.map((message) => textOfValue(message.content ?? message.parts)).join('\n\n')
}
