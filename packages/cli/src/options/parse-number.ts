import { InvalidArgumentError } from 'commander'

/**
 * Reads a TCP port.
 *
 * @param text - What stands on the command line.
 * @returns The port; 0 means any free one.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parsePort(text: string): number {
  const port = parseDigits(text)
  if (port === undefined || port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.')
  return port
}

/**
 * Reads a number of things.
 *
 * @param text - What stands on the command line.
 * @returns A whole number above 0.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parseCount(text: string): number {
  const count = parseDigits(text)
  if (count === undefined || count === 0) throw new InvalidArgumentError('Expected a whole number above 0.')
  return count
}

/**
 * Reads an amount of time.
 *
 * @param text - What stands on the command line; fractions allowed.
 * @returns A number above 0.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parseAmount(text: string): number {
  const amount = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(amount > 0 && Number.isFinite(amount))) throw new InvalidArgumentError('Expected a number above 0.')
  return amount
}

/**
 * Reads how long to wait.
 *
 * @param text - What stands on the command line: seconds, fractions allowed.
 * @returns Seconds, above 0 and at most a day. Node's timers end at once when they are asked for more than 24 days.
 * @throws {InvalidArgumentError} If it is none.
 */
export function parseWait(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new InvalidArgumentError('Expected a number of seconds above 0, at most 86400.')
  }
  return seconds
}

// `Number` alone takes '', ' 1', '0x10' and '1e3', all of which are slips of the keyboard here.
function parseDigits(text: string): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}
