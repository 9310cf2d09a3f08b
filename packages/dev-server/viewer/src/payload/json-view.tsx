import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { CopyButton } from '../controls/copy-button.js'
import { visibleText } from '../format/visible-text.js'
import { LongText } from './long-text.js'
import { imageSource } from './safe-urls.js'

/** Members shown at first, and with every further click. */
const CHUNK = 100
/** Levels that are open at first. */
const OPEN_DEPTH = 2
/** Characters of a string shown at first. */
const STRING_LENGTH = 800

/** JSON to read: every part folds, and can be copied, as can the path that leads there. */
export function JsonView({ value }: { readonly value: unknown }): VNode {
  return (
    <div class="json">
      <Entry name="" path="$" value={value} depth={0} />
    </div>
  )
}

interface EntryProps {
  readonly name: string
  readonly path: string
  readonly value: unknown
  readonly depth: number
}

function Entry({ name, path, value, depth }: EntryProps): VNode {
  const isFoldable = typeof value === 'object' && value !== null && size(value) > 0
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH)
  const [shown, setShown] = useState(CHUNK)
  const label = name === '' ? null : <span class="json-key">{visibleText(name)}</span>
  return (
    <div class="json-entry">
      <div class="json-line">
        {isFoldable ? (
          <button type="button" class="json-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <i aria-hidden="true">{isOpen ? '▾' : '▸'}</i>
            {label}
            <span class="quiet">{summary(value)}</span>
          </button>
        ) : (
          <span class="json-leaf">
            {label}
            <Leaf value={value} />
          </span>
        )}
        <span class="json-actions">
          <CopyButton label="path" text={() => path} />
          <CopyButton label="value" text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))} />
        </span>
      </div>
      {isFoldable && isOpen && (
        <div class="json-members">
          {members(value, shown).map(([key, member]) => (
            <Entry
              key={key}
              name={key}
              path={pathTo(path, key, Array.isArray(value))}
              value={member}
              depth={depth + 1}
            />
          ))}
          {size(value) > shown && (
            <button type="button" class="small" onClick={() => setShown(shown + CHUNK * 5)}>
              … {(size(value) - shown).toLocaleString('en')} more
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Leaf({ value }: { readonly value: unknown }): VNode {
  const image = imageSource(value)
  if (image !== undefined) return <img class="inline-image" src={image} alt="From the data" />
  if (typeof value === 'string') {
    return (
      <span class="json-string">
        <LongText text={value} limit={STRING_LENGTH} />
      </span>
    )
  }
  return <span class="json-scalar">{typeof value === 'object' && value !== null ? summary(value) : String(value)}</span>
}

function size(value: object): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length
}

function summary(value: object): string {
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return size(value) === 0 ? `${open}${close}` : `${open} ${size(value)} ${close}`
}

function members(value: object, limit: number): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.slice(0, limit).map((member: unknown, index) => [String(index), member])
  return Object.entries(value).slice(0, limit)
}

function pathTo(path: string, key: string, isArray: boolean): string {
  if (isArray) return `${path}[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}
