import { join, relative } from 'node:path'
import { configureTracing } from '@axion/exporter'
import { LangfuseTraceLoader } from '@axion/loader'
import { askAll } from './ask-all.js'
import { UNANSWERABLE } from './conversations.js'
import { readCorpus } from './corpus.js'
import { ensureLangfuse, type Langfuse } from './ensure-langfuse.js'
import { ensureModel } from './ensure-model.js'
import { fetchWhenReadable } from './fetch-when-readable.js'
import { PassageIndex } from './passage-index.js'
import { itemsTable } from './print-items.js'
import { SupportAssistant } from './support-assistant.js'

/** What the story needs of the world. */
export interface StorySettings {
  readonly environment: NodeJS.ProcessEnv
  /** The folder whose Markdown is the knowledge. */
  readonly corpusDir: string
  /** Where a local Langfuse keeps its data, and where the dataset goes. */
  readonly dataDir: string
  readonly print: (line: string) => void
}

/** What the story leaves. */
export interface Story {
  /** Still open: the caller closes it. */
  readonly langfuse: Langfuse
  readonly items: number
  readonly path: string
}

/**
 * The whole round: a service answers questions and is traced; its traces are fetched back and become a dataset.
 *
 * @throws {Error} If anything fails; then nothing is left running and no dataset is left half-written.
 */
export async function runStory({ environment, corpusDir, dataDir, print }: StorySettings): Promise<Story> {
  const langfuse = await ensureLangfuse(environment, dataDir)
  try {
    const runTag = `run-${Date.now().toString(36)}`
    const tags = ['support-rag', runTag]
    const loader = new LangfuseTraceLoader()
    // Before anything is asked: are the address and the keys right?
    await loader.fetchTraces({ limit: 1, fetchFullTraces: false })

    const count = await answerTraced(environment, corpusDir, tags, print)

    const options = { tags, name: 'support-question', daysBack: 1, limit: count }
    const traces = await fetchWhenReadable(loader, options, count, ['retrieval', 'generation', 'grounding-guard'])
    const dataset = traces.toDataset({ name: 'support-rag' })
    const path = join(dataDir, 'support-rag.jsonl')
    await dataset.toJsonl(path)
    print(`${itemsTable(dataset)}\n`)
    return { langfuse, items: dataset.length, path: relative(process.cwd(), path) }
  } catch (error) {
    await langfuse.close()
    throw error
  }
}

/** Asks all questions with tracing on, and sends what was traced. @returns How many traces there are. */
async function answerTraced(
  environment: NodeJS.ProcessEnv,
  corpusDir: string,
  tags: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const tracing = configureTracing()
  const model = await ensureModel(environment)
  try {
    const passages = await readCorpus(corpusDir)
    print(`${passages.length} passages of documentation, model ${model.name}`)
    const asked = await askAll(new SupportAssistant(new PassageIndex(passages), model.openai, model.name), tags)
    print(`${asked.length} questions asked, ${asked.filter(({ answered }) => answered).length} answered`)
    expectOutcome(asked)
    const { failed, dropped } = await tracing.flush()
    if (failed + dropped > 0)
      throw new Error(`Cannot deliver the traces: ${failed} spans failed, ${dropped} were dropped`)
    return asked.length
  } finally {
    await model.close()
    await tracing.shutdown()
  }
}

/** The example checks itself: just what cannot be answered was not. */
function expectOutcome(asked: readonly { question: string; answered: boolean }[]): void {
  const wrong = asked.filter(({ question, answered }) => answered === UNANSWERABLE.has(question))
  if (wrong.length === 0) return
  throw new Error(`Unexpected outcome of: ${wrong.map(({ question }) => question).join(' ')}`)
}
