/** Which rows of a list to read. */
export interface PageRange {
  /** How many at most. */
  readonly limit: number
  /** How many to leave out before. */
  readonly offset: number
}

/** Some rows of a list, and how many there are in all. */
export interface StoredPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}
