import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../../controls/dialog.js'
import { getJson, postJson } from '../../server/get-json.js'
import type { StepDetail } from './trace-data.js'

/** What the button is given. */
export interface AddToDatasetProps {
  readonly traceId: string
  /** Whose input and output become the item's. */
  readonly observationId: string
  /** Whether the item is about the trace, of which the observation is the root. */
  readonly isWholeTrace?: boolean
  readonly class?: string
}

/** A button that makes a dataset item of a step. */
export function AddToDataset({ class: kind, ...props }: AddToDatasetProps): VNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class={kind} onClick={() => setOpen(true)}>
        Add to dataset
      </button>
      {isOpen && (
        <Dialog title="Add to dataset" onClose={() => setOpen(false)}>
          <ItemForm {...props} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

function ItemForm({
  traceId,
  observationId,
  isWholeTrace = false,
  onDone,
}: AddToDatasetProps & { readonly onDone: () => void }): VNode {
  const [names, setNames] = useState<readonly string[]>([])
  const [name, setName] = useState('')
  const [input, setInput] = useState('')
  const [expected, setExpected] = useState('')
  const [state, setState] = useState<'open' | 'adding' | 'added'>('open')
  const [failure, setFailure] = useState('')
  useEffect(() => {
    const path = `/traces/${encodeURIComponent(traceId)}/observations/${encodeURIComponent(observationId)}`
    Promise.all([getJson<{ data: { name: string }[] }>('/datasets?limit=100'), getJson<StepDetail>(path)])
      .then(([datasets, step]) => {
        setNames(datasets.data.map((each) => each.name))
        setName(datasets.data[0]?.name ?? '')
        setInput(indented(step.input))
        setExpected(indented(step.output))
      })
      .catch((error: unknown) => setFailure(String(error)))
  }, [])
  const add = async (): Promise<void> => {
    setState('adding')
    const source = isWholeTrace
      ? { sourceTraceId: traceId }
      : { sourceTraceId: traceId, sourceObservationId: observationId }
    try {
      if (!names.includes(name.trim())) await postJson('/datasets', { name: name.trim() })
      await postJson('/dataset-items', {
        datasetName: name.trim(),
        input: value(input),
        expectedOutput: value(expected),
        ...source,
      })
      setState('added')
    } catch (error) {
      setState('open')
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  if (state === 'added') {
    return (
      <div class="stack">
        <p role="status">Added to {name.trim()}.</p>
        <button type="button" class="primary" onClick={onDone}>
          Done
        </button>
      </div>
    )
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void add()
      }}
    >
      <label class="field">
        Dataset
        <input
          type="text"
          list="dataset-names"
          value={name}
          placeholder="A new name makes a new dataset"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <datalist id="dataset-names">
        {names.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <label class="field">
        Input
        <textarea value={input} onInput={(event) => setInput(event.currentTarget.value)} />
      </label>
      <label class="field">
        Expected output
        <textarea value={expected} onInput={(event) => setExpected(event.currentTarget.value)} />
      </label>
      {failure !== '' && (
        <p class="error" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" class="primary" disabled={name.trim() === '' || state === 'adding'}>
        Add item
      </button>
    </form>
  )
}

/** JSON where it is JSON, else the text. */
function value(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function indented(text: string): string {
  const parsed = /^\s*[[{]/.test(text) ? value(text) : text
  return typeof parsed === 'string' ? parsed : JSON.stringify(parsed, null, 2)
}
