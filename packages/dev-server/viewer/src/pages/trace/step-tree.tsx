import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { cost, duration } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { isNarrow } from '../../is-narrow.js'
import { scrollToRow, useVirtualRows } from '../../use-virtual-rows.js'
import type { OpenTrace } from './open-trace.js'
import { tickLabel, timeTicks } from './time-ticks.js'

/** Heights in pixels, as in the style sheet. */
const [ROW, NARROW_ROW, HEAD] = [28, 40, 26]
/** More than rows are seen at once. */
const SLOTS = 256
/** Below this depth names are not moved further to the right: they must stay readable. */
const MAX_INDENT = 14

/** What the tree is given. */
export interface StepTreeProps {
  readonly trace: OpenTrace
  /** The positions that are not hidden in folded steps. */
  readonly positions: Int32Array
  readonly folded: ReadonlySet<number>
  readonly selected: number
  readonly onSelect: (index: number) => void
  readonly onFold: (index: number, isFolded: boolean) => void
}

/** The steps as a tree, and beside each its time on one axis. */
export function StepTree({ trace, positions, folded, selected, onSelect, onFold }: StepTreeProps): VNode {
  const scroller = useRef<HTMLDivElement>(null)
  const height = isNarrow.value ? NARROW_ROW : ROW
  const { start, end } = useVirtualRows(scroller, positions.length, height)
  const { layout, totalMillis } = trace
  useEffect(() => {
    const row = positions.indexOf(layout.order.indexOf(selected))
    if (row !== -1) scrollToRow(scroller.current, row, height, HEAD)
  }, [selected, layout])
  const seen = Array.from(positions.subarray(start, end))
  return (
    <div class="tree-scroller" ref={scroller}>
      <div class="tree-head" aria-hidden="true">
        <span>
          Step <span class="path-legend">slowest path</span>
        </span>
        <span class="axis">
          {timeTicks(totalMillis, isNarrow.value ? 2 : 4).map((tick) => (
            <i key={tick} style={{ left: `${(tick / totalMillis) * 100}%` }}>
              {tickLabel(tick)}
            </i>
          ))}
        </span>
      </div>
      <div
        class="tree-rows"
        role="tree"
        aria-label="Steps"
        tabIndex={0}
        aria-activedescendant={`step-${selected}`}
        style={{ height: `${positions.length * height}px` }}
      >
        {seen.map((position, offset) => {
          const index = layout.order[position] ?? 0
          return (
            <StepRow
              // By place, not by step: scrolling then changes rows instead of making new ones.
              key={(start + offset) % SLOTS}
              trace={trace}
              index={index}
              depth={layout.depths[position] ?? 0}
              hasChildren={(layout.subtreeEnds[position] ?? 0) > position + 1}
              isFolded={folded.has(index)}
              isSelected={index === selected}
              top={(start + offset) * height}
              onSelect={onSelect}
              onFold={onFold}
            />
          )
        })}
      </div>
    </div>
  )
}

interface StepRowProps {
  readonly trace: OpenTrace
  readonly index: number
  readonly depth: number
  readonly hasChildren: boolean
  readonly isFolded: boolean
  readonly isSelected: boolean
  readonly top: number
  readonly onSelect: (index: number) => void
  readonly onFold: (index: number, isFolded: boolean) => void
}

function StepRow({
  trace,
  index,
  depth,
  hasChildren,
  isFolded,
  isSelected,
  top,
  onSelect,
  onFold,
}: StepRowProps): VNode {
  const { columns, critical } = trace
  const type = columns.types[index] ?? 'SPAN'
  const level = columns.levels[index]?.toLowerCase()
  const dollars = columns.totalCosts[index] ?? 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page do the same
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the active item
    <div
      class="step-row"
      role="treeitem"
      id={`step-${index}`}
      aria-level={depth + 1}
      aria-selected={isSelected}
      {...(hasChildren && { 'aria-expanded': !isFolded })}
      data-type={type}
      data-critical={critical[index] === 1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(index)}
    >
      <span class="step-name-cell" style={{ paddingLeft: `${Math.min(depth, MAX_INDENT) * 14}px` }}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <i
          class="fold"
          onClick={(event) => {
            if (!hasChildren) return
            event.stopPropagation()
            onFold(index, !isFolded)
          }}
        >
          {hasChildren ? (isFolded ? '▸' : '▾') : ''}
        </i>
        <i class="type-dot" data-type={type} data-level={level} />
        <span class="step-name" data-level={level}>
          {visibleText(columns.names[index] ?? '') || 'unnamed'}
        </span>
        <span class="step-note">{visibleText(columns.models[index] ?? '') || KIND_NOTES[type]}</span>
        {dollars > 0 && <span class="step-cost number">{dollars < 0.00005 ? '<$0.0001' : cost(dollars)}</span>}
      </span>
      <span class="step-duration number">{duration(columns.durationsMillis[index] ?? 0)}</span>
      <StepBar trace={trace} index={index} level={level} />
    </div>
  )
}

const KIND_NOTES: Readonly<Record<string, string>> = {
  AGENT: 'agent',
  TOOL: 'tool',
  CHAIN: 'chain',
  RETRIEVER: 'retriever',
  EMBEDDING: 'embedding',
  GUARDRAIL: 'guardrail',
  EVALUATOR: 'evaluator',
  EVENT: 'event',
}

function StepBar({
  trace,
  index,
  level,
}: {
  readonly trace: OpenTrace
  readonly index: number
  readonly level: string | undefined
}): VNode {
  const { columns, totalMillis } = trace
  const [start, length] = [columns.startOffsetsMillis[index] ?? 0, columns.durationsMillis[index] ?? 0]
  const firstToken = columns.firstTokenMillis[index] ?? -1
  const percent = (millis: number): string => `${(millis / totalMillis) * 100}%`
  return (
    <span class="step-time">
      <i class="bar" data-level={level} style={{ left: percent(start), width: percent(length) }}>
        {firstToken >= 0 && length > 0 && (
          <i
            class="first-token"
            style={{ left: `${Math.min(100, (firstToken / length) * 100)}%` }}
            title={`First token after ${duration(firstToken)}`}
          />
        )}
      </i>
      <span class="bar-label number" style={{ left: percent(start + length) }}>
        {duration(length)}
      </span>
    </span>
  )
}
