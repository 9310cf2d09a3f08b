import type { Observation } from '../model/observation.js'
import type { Trace } from '../model/trace.js'
import { isRecord } from '../wire/read-field.js'
import { textOfValue } from './text-of-value.js'

// What search libraries, vector stores and frameworks call the text of a hit, and the list of hits.
const TEXT_KEYS = ['content', 'text', 'pageContent', 'page_content', 'document', 'chunk', 'passage', 'snippet', 'body']
const LIST_KEYS = [
  'documents',
  'chunks',
  'results',
  'hits',
  'contexts',
  'context',
  'nodes',
  'matches',
  'passages',
  'sources',
  'data',
  'output',
]

/**
 * Collects the passages that a trace's retrievers brought, oldest retriever first.
 *
 * @param trace - The trace.
 * @returns The passages.
 */
export function retrievedContent(trace: Trace): readonly string[] {
  const bringing = trace.byType('RETRIEVER').filter((retriever) => retriever.output !== null)
  return bringing
    .filter((retriever) => !isWithinAnother(retriever))
    .flatMap((retriever) => passagesOf(retriever.output))
}

// A retriever within a retriever (an ensemble, a reranker) brings what the outer one hands on: it would count twice.
function isWithinAnother(retriever: Observation): boolean {
  for (let above = retriever.parent; above !== null; above = above.parent) {
    if (above.type === 'RETRIEVER' && above.output !== null) return true
  }
  return false
}

function passagesOf(output: unknown): readonly string[] {
  const passages: string[] = []
  // A stack instead of recursion: outputs are whatever the traced program returned, however deep.
  const waiting: unknown[] = [output]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (value === null || value === undefined || value === '') continue
    if (Array.isArray(value)) for (const item of [...value].reverse()) waiting.push(item)
    else if (isRecord(value)) {
      const inner = textOrList(value)
      if (inner === undefined) passages.push(textOfValue(value))
      else waiting.push(inner)
    } else passages.push(String(value))
  }
  return passages
}

function textOrList(record: Readonly<Record<string, unknown>>): unknown {
  const text = TEXT_KEYS.find((key) => typeof record[key] === 'string')
  if (text !== undefined) return record[text]
  const list = LIST_KEYS.find((key) => Array.isArray(record[key]))
  if (list !== undefined) return record[list]
  // `{ document: { content } }`: a hit with its score around it.
  const wrapper = TEXT_KEYS.find((key) => isRecord(record[key]))
  return wrapper === undefined ? undefined : record[wrapper]
}
