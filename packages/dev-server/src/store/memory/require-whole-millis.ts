/**
 * Makes sure that times can be stored.
 *
 * @param row The row.
 * @param fields Which of its fields are times; null is none.
 * @throws {RangeError} If one is no whole number.
 */
export function requireWholeMillis<Row extends object>(row: Row, fields: readonly (keyof Row & string)[]): void {
  for (const field of fields) {
    const value = row[field]
    if (value !== null && !Number.isSafeInteger(value)) {
      throw new RangeError(`Cannot store ${field}: found ${String(value)}, expected whole milliseconds`)
    }
  }
}
