import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { CopyButton } from '../../controls/copy-button.js'
import { duration, scoreValue } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { LongText } from '../../payload/long-text.js'
import { PayloadView } from '../../payload/payload-view.js'
import { getJson } from '../../server/get-json.js'
import { AddScore } from './add-score.js'
import { AddToDataset } from './add-to-dataset.js'
import type { OpenTrace } from './open-trace.js'
import { StepFacts } from './step-facts.js'
import { StepMetadata } from './step-metadata.js'
import type { StepDetail } from './trace-data.js'

/** What the panel is given. */
export interface StepPanelProps {
  readonly trace: OpenTrace
  /** The selected observation. */
  readonly index: number
  readonly onBack: () => void
  readonly onChange: () => Promise<void>
}

/** What the selected step did: what went in, what came out, with what. */
export function StepPanel({ trace, index, onBack, onChange }: StepPanelProps): VNode {
  const { traceId } = trace.trace
  const id = trace.columns.ids[index] ?? ''
  const { step, failure } = useStep(traceId, id, trace)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.scrollTo(0, 0), [step?.id])
  const name = trace.columns.names[index] ?? ''
  const type = trace.columns.types[index] ?? 'SPAN'
  const scores = trace.scores.filter(({ observationId }) => observationId === id)
  const message = step?.id === id ? step.details.statusMessage : ''
  return (
    <section
      class="step-panel"
      ref={panel}
      aria-label="Selected step"
      aria-busy={step?.id !== id && failure === ''}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <header class="step-header">
        <button type="button" class="quiet back-to-tree" onClick={onBack}>
          ← Steps
        </button>
        <div class="step-title">
          <i class="type-dot" data-type={type} />
          <h2>{visibleText(name) || 'unnamed'}</h2>
          <span class="quiet">{type.toLowerCase()}</span>
        </div>
        <div class="row step-actions">
          <AddScore class="small" traceId={traceId} observationId={id} onAdded={onChange} />
          <AddToDataset class="small" traceId={traceId} observationId={id} />
          <CopyButton label="Copy link" text={() => stepLink(traceId, id)} />
        </div>
      </header>
      {message !== '' && (
        <p class={`status ${step?.level.toLowerCase()}`} role="note">
          <LongText text={message} limit={1000} />
        </p>
      )}
      {failure !== '' && <p class="status error">{failure}</p>}
      {step !== undefined && (
        <>
          <StepFacts step={step} />
          {scores.length > 0 && (
            <ul class="step-scores" aria-label="Scores">
              {scores.map((score) => (
                <li key={score.id}>
                  <span class="label score">
                    {visibleText(score.name)} <b>{scoreValue(score.value)}</b>
                  </span>
                  {score.comment !== null && <span class="quiet">{visibleText(score.comment)}</span>}
                </li>
              ))}
            </ul>
          )}
          {step.input !== '' && <PayloadView key={`in ${step.id}`} label="Input" text={step.input} />}
          {step.output !== '' && <PayloadView key={`out ${step.id}`} label="Output" text={step.output} />}
          {step.input === '' && step.output === '' && (
            <p class="quiet empty-payload">
              No input and no output. It took {duration(step.endTimeMillis - step.startTimeMillis)}.
            </p>
          )}
          <StepMetadata key={`meta ${step.id}`} metadata={step.metadata} />
        </>
      )}
    </section>
  )
}

/** Reads a step; the former one stays until the next is there. */
function useStep(traceId: string, id: string, version: unknown): { step: StepDetail | undefined; failure: string } {
  const [step, setStep] = useState<StepDetail>()
  const [failure, setFailure] = useState('')
  useEffect(() => {
    const request = new AbortController()
    getJson<StepDetail>(`/traces/${encodeURIComponent(traceId)}/observations/${encodeURIComponent(id)}`, request.signal)
      .then((found) => {
        setStep(found)
        setFailure('')
      })
      .catch((error: unknown) => {
        if (!request.signal.aborted) setFailure(error instanceof Error ? error.message : String(error))
      })
    return () => request.abort()
  }, [traceId, id, version])
  return { step, failure }
}

function stepLink(traceId: string, id: string): string {
  return `${location.origin}/traces/${encodeURIComponent(traceId)}?${new URLSearchParams({ step: id })}`
}
