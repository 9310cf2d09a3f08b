import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { visibleText } from '../format/visible-text.js'
import { JsonView } from './json-view.js'
import { LongText } from './long-text.js'
import type { Message, MessagePart } from './read-messages.js'

/** Of a long conversation, what is shown at first: the beginning, which is often the system's, and the end. */
const FIRST = 2
const LAST = 12

/** A conversation, message by message. */
export function ChatView({ messages }: { readonly messages: readonly Message[] }): VNode {
  const [isWhole, setWhole] = useState(messages.length <= FIRST + LAST + 1)
  const shown = isWhole ? messages : [...messages.slice(0, FIRST), undefined, ...messages.slice(-LAST)]
  return (
    <ol class="chat">
      {shown.map((message, place) =>
        message === undefined ? (
          <li key="rest">
            <button type="button" class="small" onClick={() => setWhole(true)}>
              … {messages.length - FIRST - LAST} more messages
            </button>
          </li>
        ) : (
          <li key={place} class="chat-message" data-role={message.role}>
            <h4>{visibleText(message.role)}</h4>
            {message.parts.map((part, index) => (
              <PartView key={index} part={part} />
            ))}
            {message.parts.length === 0 && <p class="quiet">empty</p>}
          </li>
        ),
      )}
    </ol>
  )
}

/** A part of a message: text, an image, a call of a tool. */
export function PartView({ part }: { readonly part: MessagePart }): VNode {
  switch (part.kind) {
    case 'text':
      return (
        <p>
          <LongText text={part.text} />
        </p>
      )
    case 'image':
      return <img class="inline-image" src={part.source} alt="In the message" />
    case 'image-address':
      // Opening a trace must not call servers that the trace names.
      return (
        <p class="quiet">
          Image, not loaded: <LongText text={part.address} />
        </p>
      )
    case 'tool-call':
    case 'tool-result':
      return (
        <div class="chat-tool">
          <h5>
            {part.kind === 'tool-call' ? 'calls' : 'result of'} <b>{visibleText(part.name || part.id || 'a tool')}</b>
          </h5>
          {typeof part.value === 'string' ? <LongText text={part.value} /> : <JsonView value={part.value} />}
        </div>
      )
    case 'other':
      return <JsonView value={part.value} />
  }
}
