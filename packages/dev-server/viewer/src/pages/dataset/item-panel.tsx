import type { VNode } from 'preact'
import { CopyButton } from '../../controls/copy-button.js'
import { fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { PayloadView } from '../../payload/payload-view.js'
import { useAnswer } from '../../server/use-answer.js'
import { type ItemAnswer, sourceAddress } from './dataset-data.js'

/** What the panel is given. */
export interface ItemPanelProps {
  readonly id: string
  readonly onClose: () => void
}

/** All of an item. */
export function ItemPanel({ id, onClose }: ItemPanelProps): VNode {
  const { answer: item, failure } = useAnswer<ItemAnswer>(() => `/dataset-items/${encodeURIComponent(id)}`, id)
  const source = item === undefined ? undefined : sourceAddress(item)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="item-panel" aria-label="Selected item" tabIndex={0}>
      <header class="item-head">
        <h2>{visibleText(id)}</h2>
        <span class="spacer" />
        <CopyButton label="Copy link" text={() => location.href} />
        <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {failure !== '' && <p class="error">{failure}</p>}
      {item !== undefined && (
        <>
          <p class="entity-facts">
            <span>{fullTime(item.writtenMillis)}</span>
            {source !== undefined && (
              <a href={source}>{item.sourceObservationId === null ? 'Source trace' : 'Source step'} →</a>
            )}
          </p>
          {PAYLOADS.map(
            ([field, label]) =>
              item[field] !== '' && <PayloadView key={`${field} ${item.id}`} label={label} text={item[field]} />,
          )}
        </>
      )}
    </section>
  )
}

const PAYLOADS = [
  ['input', 'Input'],
  ['expectedOutput', 'Expected output'],
  ['metadata', 'Metadata'],
] as const
