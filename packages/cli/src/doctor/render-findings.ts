import type { Paint, Style } from '../render/paint.js'
import { plainText } from '../render/plain-text.js'
import type { Finding, FindingStatus } from './finding.js'

/**
 * Writes findings for people: a line each, and a line below for what is to be done.
 *
 * @param findings - The findings.
 * @param paint - Gives them their look.
 * @returns The lines, without newlines.
 */
export function renderFindings(findings: readonly Finding[], paint: Paint): string[] {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, status, text, fix }) => [
    `${paint(STYLES[status], MARKS[status])}  ${check.padEnd(width)}  ${paint(status === 'note' ? 'faint' : 'plain', plainText(text))}`,
    ...(fix === undefined ? [] : [`${' '.repeat(MARKS.ok.length + 2 + width + 2)}fix: ${plainText(fix)}`]),
  ])
  const count = (status: FindingStatus): number => findings.filter((finding) => finding.status === status).length
  const [problems, warnings] = [count('problem'), count('warning')]
  const summary = `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
  return [...lines, '', paint(problems > 0 ? 'bad' : 'strong', summary)]
}

const MARKS: Readonly<Record<FindingStatus, string>> = {
  ok: 'ok     ',
  note: '-      ',
  warning: 'warning',
  problem: 'PROBLEM',
}

const STYLES: Readonly<Record<FindingStatus, Style>> = {
  ok: 'strong',
  note: 'faint',
  warning: 'warning',
  problem: 'bad',
}
