import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from '../../controls/dialog.js'
import { postJson } from '../../server/get-json.js'

/** What the button is given. */
export interface AddScoreProps {
  readonly traceId: string
  /** Absent: the score is about the whole trace. */
  readonly observationId?: string
  readonly onAdded: () => Promise<void>
  readonly class?: string
}

/** A button that asks for a score and adds it. */
export function AddScore({ class: kind, ...props }: AddScoreProps): VNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class={kind} onClick={() => setOpen(true)}>
        Score
      </button>
      {isOpen && (
        <Dialog
          title={props.observationId === undefined ? 'Score this trace' : 'Score this step'}
          onClose={() => setOpen(false)}
        >
          <ScoreForm {...props} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

type Kind = 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL'

function ScoreForm({
  traceId,
  observationId,
  onAdded,
  onDone,
}: AddScoreProps & { readonly onDone: () => void }): VNode {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('NUMERIC')
  const [text, setText] = useState('')
  const [comment, setComment] = useState('')
  const [failure, setFailure] = useState('')
  const value = kind === 'CATEGORICAL' ? text.trim() : Number(text)
  const isComplete = name.trim() !== '' && text.trim() !== '' && (kind === 'CATEGORICAL' || Number.isFinite(value))
  const add = async (): Promise<void> => {
    const about = observationId === undefined ? { traceId } : { traceId, observationId }
    const said = comment.trim() === '' ? {} : { comment: comment.trim() }
    try {
      await postJson('/scores', { ...about, ...said, name: name.trim(), dataType: kind, value })
      onDone()
      await onAdded()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void add()
      }}
    >
      <label class="field">
        Name
        <input
          type="text"
          value={name}
          placeholder="helpfulness"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <label class="field">
          Kind
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value as Kind)
              setText('')
            }}
          >
            <option value="NUMERIC">Number</option>
            <option value="BOOLEAN">Yes or no</option>
            <option value="CATEGORICAL">Category</option>
          </select>
        </label>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: either control is inside */}
        <label class="field grow">
          Value
          {kind === 'BOOLEAN' ? (
            <select value={text} onChange={(event) => setText(event.currentTarget.value)}>
              <option value="" />
              <option value="1">Yes</option>
              <option value="0">No</option>
            </select>
          ) : (
            <input
              type="text"
              inputMode={kind === 'NUMERIC' ? 'decimal' : 'text'}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          )}
        </label>
      </div>
      <label class="field">
        Comment
        <input type="text" value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
      </label>
      {failure !== '' && (
        <p class="error" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" class="primary" disabled={!isComplete}>
        Add score
      </button>
    </form>
  )
}
