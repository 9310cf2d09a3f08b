import type { ScoreDataType } from '../send/score-record.js'
import type { Random } from './random.js'

/** A call of a model. */
export interface ModelCall {
  readonly model: 'gpt-4o' | 'gpt-4o-mini' | 'claude-sonnet-4-5' | 'text-embedding-3-small'
  readonly inputTokens: number
  /** Embeddings have none. @default 0 */
  readonly outputTokens?: number
  readonly parameters?: Readonly<Record<string, number | string>>
  /** When the first token came, after the start; only of answers that were streamed. */
  readonly firstTokenMillis?: number
}

/** Something that a program does, with what it does inside. */
export interface Step {
  readonly name: string
  readonly type:
    | 'span'
    | 'generation'
    | 'agent'
    | 'tool'
    | 'chain'
    | 'retriever'
    | 'embedding'
    | 'guardrail'
    | 'evaluator'
  /** How long it works itself; the steps inside come on top, one after the other. */
  readonly millis: number
  readonly input?: unknown
  readonly output?: unknown
  readonly call?: ModelCall
  readonly metadata?: Readonly<Record<string, string | number>>
  readonly level?: 'WARNING' | 'ERROR'
  readonly message?: string
  readonly steps?: readonly Step[]
}

/** What someone thought of a trace, or of a step of it. */
export interface Judgement {
  readonly name: string
  readonly value: number | string
  readonly dataType: ScoreDataType
  readonly comment?: string
  /** The name of the step; the whole trace if there is none. */
  readonly step?: string
}

/** One trace, told without times and ids. */
export interface Story {
  /** The program, as `service.name`. */
  readonly application: string
  readonly environment: 'production' | 'staging'
  readonly release: string
  readonly tags: readonly string[]
  readonly userId?: string
  readonly sessionId?: string
  readonly root: Step
  readonly judgements: readonly Judgement[]
}

/** Tells what a program did: one trace, or those of a session, in order. */
export type StoryTeller = (random: Random) => readonly Story[]
