import type { DatasetItem } from '../dataset/dataset-item.js'
import type { DatasetItemFields } from '../dataset/item-fields.js'

/** What an evaluator may say: a number, yes or no, or a label. */
export type ScoreValue = number | boolean | string

/** What an evaluator is given: the item's fields, and the same under the names that `autoevals` and other scorers use. */
export interface EvaluatorInput<Output = string> extends DatasetItemFields {
  /** The question: the item's query. */
  readonly input: string
  /** What the task returned; without a task the item's actual output. */
  readonly output: Output
  /** The item's expected output, if it has one; where the output is no text, what its JSON says. */
  readonly expected?: Output
  /** The item's retrieved content. */
  readonly context: readonly string[]
  readonly item: DatasetItem
}

/** A score with what belongs to it. The scores of `autoevals` are such. */
export interface EvaluatorScore {
  /** What was measured. @default the evaluator's name */
  readonly name?: string
  /** `null` for no verdict. */
  readonly score: ScoreValue | null
  /** Why the score is what it is. @default what `metadata.rationale` or `metadata.reason` says */
  readonly reason?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What went wrong, if no score could be given. */
  readonly error?: unknown
}

/** What an evaluator returns: a bare value, a score, several scores, or nothing for no verdict. */
export type EvaluatorOutput = ScoreValue | EvaluatorScore | readonly EvaluatorScore[] | null | undefined

/** Judges an output: any function of this form, among them the scorers of `autoevals` as they are. */
export type Evaluator<Output = string> = (input: EvaluatorInput<Output>) => EvaluatorOutput | Promise<EvaluatorOutput>

/** An evaluator and what its scores are called if it does not say so itself. */
export interface NamedEvaluator<Output> {
  readonly name: string
  readonly evaluator: Evaluator<Output>
}
