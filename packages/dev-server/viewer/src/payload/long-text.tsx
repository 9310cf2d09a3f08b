import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { visibleText } from '../format/visible-text.js'
import { cutAtLinks } from './safe-urls.js'

/** Characters shown at first, and with every further click four times as many: a browser lays out megabytes, but not at once. */
const FIRST_LENGTH = 6000

/** What a text is given. */
export interface LongTextProps {
  readonly text: string
  /** Characters shown at first. */
  readonly limit?: number
}

/** Text as it was sent, with line breaks; links only where they lead to a web page. */
export function LongText({ text, limit = FIRST_LENGTH }: LongTextProps): VNode {
  const [length, setLength] = useState(limit)
  const rest = text.length - length
  return (
    <>
      <span class="long-text" dir="auto">
        {cutAtLinks(visibleText(text.slice(0, length))).map((piece, place) =>
          place % 2 === 0 ? (
            piece
          ) : (
            <a key={place} href={piece} target="_blank" rel="noopener noreferrer nofollow">
              {piece}
            </a>
          ),
        )}
      </span>
      {rest > 0 && (
        <button type="button" class="small" onClick={() => setLength(length * 4)}>
          … {rest.toLocaleString('en')} more characters
        </button>
      )}
    </>
  )
}
