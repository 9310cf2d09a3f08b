import {
  type PublishExperimentOptions,
  type PublishedExperiment,
  publishExperiment,
} from '../publish/publish-experiment.js'
import { type PublishedScores, type PublishScoresOptions, publishScores } from '../publish/publish-scores.js'
import type { ItemResult } from './item-result.js'
import { type MetricSummary, summarizeMetric } from './summarize-metric.js'

/** What an evaluation brought: a result for each item. */
export class EvaluationResult {
  /** The dataset's name. */
  readonly name: string
  readonly items: readonly ItemResult[]
  /** When the evaluation began. */
  readonly startTime: Date

  /**
   * @param name - The dataset's name.
   * @param items - The results, in the order of the dataset.
   * @param startTime - When the evaluation began.
   */
  constructor(name: string, items: readonly ItemResult[], startTime: Date) {
    this.name = name
    this.items = items
    this.startTime = startTime
  }

  /** How many items there are. */
  get length(): number {
    return this.items.length
  }

  /** @returns The results in order. */
  [Symbol.iterator](): Iterator<ItemResult> {
    return this.items[Symbol.iterator]()
  }

  /** The names of the scores, in the order in which they first appear. */
  get metricNames(): readonly string[] {
    return [...new Set(this.items.flatMap(({ scores }) => scores.map(({ name }) => name)))]
  }

  /** The results whose task failed or of which an evaluator failed. */
  get failures(): readonly ItemResult[] {
    return this.items.filter((result) => result.error !== null || result.scores.some(({ error }) => error !== null))
  }

  /** @returns For each metric how its scores are spread. */
  summary(): Readonly<Record<string, MetricSummary>> {
    const scores = this.items.flatMap((result) => result.scores)
    return Object.fromEntries(
      this.metricNames.map((metric) => [metric, summarizeMetric(scores.filter(({ name }) => name === metric))]),
    )
  }

  /**
   * Writes the scores to the traces at Langfuse in which the outputs were made. A score goes by an id made of what it is about: publishing again
   * replaces it and adds none.
   *
   * @param options - Which scores, where to, and the connection, which the environment gives where it is left out.
   * @returns How many scores Langfuse took; those that could not be sent, and those it refused, with reasons.
   * @throws {LoaderError} `invalid_options` before any request; `unauthorized`, `unavailable` … when nothing more can be sent.
   */
  async publishToObservability(options: PublishScoresOptions = {}): Promise<PublishedScores> {
    return publishScores(this, options)
  }

  /**
   * Writes the results to Langfuse as a run of a dataset there: an experiment of Langfuse 4, a dataset run of Langfuse 3. The dataset is made,
   * and items it lacks are added. Publishing again under the same name replaces the results and adds none.
   *
   * @param options - Dataset, run, and the connection, which the environment gives where it is left out.
   * @returns The run, and what became of items and scores.
   * @throws {LoaderError} `invalid_options` before any request; `unauthorized`, `unavailable` … when nothing more can be sent.
   */
  async publishAsExperiment(options: PublishExperimentOptions = {}): Promise<PublishedExperiment> {
    return publishExperiment(this, options)
  }
}
