import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../../controls/dialog.js'
import { visibleText } from '../../format/visible-text.js'
import { PayloadView } from '../../payload/payload-view.js'
import { getJson } from '../../server/get-json.js'

/** What a link to a prompt is given. */
export interface PromptLinkProps {
  readonly name: string
  /** Null for the one in production. */
  readonly version: number | null
}

/** As `GET /viewer/api/prompts/{name}` gives it. */
interface StoredPrompt {
  readonly prompt: unknown
  readonly labels: readonly string[]
  readonly commitMessage: string | null
}

/** The prompt that a step used, and what it says. */
export function PromptLink({ name, version }: PromptLinkProps): VNode {
  const [isOpen, setOpen] = useState(false)
  const title = `${visibleText(name)}${version === null ? '' : ` v${version}`}`
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        {title}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <Prompt name={name} version={version} />
        </Dialog>
      )}
    </>
  )
}

function Prompt({ name, version }: PromptLinkProps): VNode {
  const [prompt, setPrompt] = useState<StoredPrompt>()
  const [failure, setFailure] = useState('')
  useEffect(() => {
    const query = version === null ? '' : `?version=${version}`
    getJson<StoredPrompt>(`/prompts/${encodeURIComponent(name)}${query}`)
      .then(setPrompt)
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
  }, [])
  if (failure !== '') return <p>{failure}</p>
  if (prompt === undefined) return <p class="quiet">Loading…</p>
  const text = typeof prompt.prompt === 'string' ? prompt.prompt : JSON.stringify(prompt.prompt)
  return (
    <div class="stack">
      {prompt.commitMessage !== null && <p class="quiet">{visibleText(prompt.commitMessage)}</p>}
      <PayloadView label={prompt.labels.map(visibleText).join(', ') || 'Prompt'} text={text} />
    </div>
  )
}
