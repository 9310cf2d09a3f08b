import { ANSWER_RULES, mainText, QUERY_RULES } from '../dataset/main-text.js'
import type { Trace } from '../model/trace.js'

/**
 * Finds out which traces of a session are turns of its conversation: those in which something was asked and something answered. Other
 * work of an application (titles, memories, moderation) often runs under the same session; so where more than half of those traces have
 * one name, turns are the traces of that name, also the ones that failed before they could answer.
 *
 * @param traces - The traces of a session, oldest first.
 * @returns The turns, oldest first.
 */
export function detectTurns(traces: readonly Trace[]): readonly Trace[] {
  const asked = traces.filter(({ input }) => mainText(input, QUERY_RULES).text !== '')
  const answered = asked.filter(({ output }) => mainText(output, ANSWER_RULES).text !== '')
  const counts = new Map<string | null, number>()
  for (const { name } of answered) counts.set(name, (counts.get(name) ?? 0) + 1)
  const main = [...counts].find(([, count]) => count > answered.length / 2)
  return main === undefined ? answered : asked.filter(({ name }) => name === main[0])
}
