import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { CopyButton } from '../controls/copy-button.js'
import { ChatView } from './chat-view.js'
import { JsonView } from './json-view.js'
import { LongText } from './long-text.js'
import { readMessages } from './read-messages.js'

type View = 'chat' | 'json' | 'text'

/** Beyond this, JSON is parsed only when it is asked for, in characters. */
const MAX_EAGER_LENGTH = 2_000_000

/** What a payload is given. */
export interface PayloadViewProps {
  readonly label: string
  /** As it is stored: text, often JSON. */
  readonly text: string
}

/** An input or output: as a conversation if it is one, as JSON if it is that, and always as text. */
export function PayloadView({ label, text }: PayloadViewProps): VNode {
  const [chosen, setChosen] = useState<View>()
  const isParsed = text.length <= MAX_EAGER_LENGTH || chosen === 'json' || chosen === 'chat'
  const value = useMemo(() => (isParsed ? parsed(text) : undefined), [text, isParsed])
  const messages = useMemo(() => readMessages(value), [value])
  const isJson = value !== undefined || (!isParsed && /^\s*[[{]/.test(text))
  const views: readonly View[] = [
    ...(messages ? (['chat'] as const) : []),
    ...(isJson ? (['json'] as const) : []),
    'text',
  ]
  const view = views.find((each) => each === chosen) ?? (value === undefined ? 'text' : views[0])
  return (
    <section class="payload" aria-label={label}>
      <header>
        <h3>{label}</h3>
        {text.length > 10_000 && <span class="quiet number">{sizeOf(text)}</span>}
        <span class="spacer" />
        {views.length > 1 && (
          <fieldset class="segments" aria-label={`${label} as`}>
            {views.map((each) => (
              <button key={each} type="button" aria-pressed={each === view} onClick={() => setChosen(each)}>
                {NAMES[each]}
              </button>
            ))}
          </fieldset>
        )}
        <CopyButton label="Copy" text={() => text} />
      </header>
      <div class="payload-body" data-view={view}>
        {view === 'chat' && messages !== undefined && <ChatView messages={messages} />}
        {view === 'json' && <JsonView value={value} />}
        {view === 'text' && <LongText text={text} />}
      </div>
    </section>
  )
}

const NAMES: Readonly<Record<View, string>> = { chat: 'Chat', json: 'JSON', text: 'Text' }

/** Objects and arrays; a number or a word is text. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}

function sizeOf(text: string): string {
  return text.length < 1e6 ? `${Math.round(text.length / 1000)} kB` : `${(text.length / 1e6).toFixed(1)} MB`
}
