import { CONTRACT_ROWS, CONTRACTS } from './contracts.mjs'

/**
 * Says what of each client was tried of that which all clients have, and why the rest is not there.
 *
 * @param {readonly { name: string, version: string, calls: ReadonlySet<string> }[]} libraries - With what their programs do.
 * @returns {{ head: string[], rows: string[][], reasons: string[] }} A table, and a list.
 */
export function renderContracts(libraries) {
  const rows = libraries.map(({ name, version, calls }) => {
    const cells = CONTRACT_ROWS.map((row) => (isTried(name, row, calls) ? '✓' : '–'))
    return [`\`${name}\` ${version}`, ...cells]
  })
  const names = [...new Set(libraries.map(({ name }) => name))]
  return { head: ['library', ...CONTRACT_ROWS], rows, reasons: names.flatMap(reasonsOf) }
}

function isTried(name, row, calls) {
  const contract = CONTRACTS[name]
  const expected = contract?.calls[row]
  if (expected?.every((call) => calls.has(call))) return true
  const isExplained = Object.keys(contract?.without ?? {}).some((rows) => rows.split(', ').includes(row))
  if (isExplained) return false
  throw new Error(`Cannot write docs/compatibility.md: ${name} has no ${row}, expected ${expected ?? 'a reason'}`)
}

function reasonsOf(name) {
  const reasons = Object.entries(CONTRACTS[name]?.without ?? {}).map(([rows, why]) => {
    const calls = rows.split(', ').map((row) => `\`${row}\``)
    return `no ${calls.join(' or ')}: ${why}`
  })
  return reasons.length === 0 ? [] : [`- \`${name}\`: ${reasons.join('; ')}.`]
}
