/** What rows of a view are grouped by, and filtered on. */
export interface MetricDimension {
  readonly sql: string
  readonly type: 'string' | 'number' | 'boolean' | 'array'
  /** Whether an empty text counts, and is shown, as none. */
  readonly emptyIsNull?: true
  /** Whether there may be none for another reason. */
  readonly isNullable?: true
  /** Whether there are about as many values as rows, so that whoever groups by it must say how many groups to show. */
  readonly isHighCardinality?: true
  /** A join of the view, without which there is no such value; a row that it finds nothing for does not count. */
  readonly join?: string
  /** What conditions look at, where that is another expression. */
  readonly filterSql?: string
  /** Whether a row counts once for each value of a list. */
  readonly isEach?: true
  /** Whether a row counts once for each entry of a record. */
  readonly isPair?: true
}

/** What is summed up. */
export interface MetricMeasure {
  readonly sql: string
  /** What has no number can only be counted. */
  readonly type: 'integer' | 'decimal' | 'number' | 'string'
  /** Whether a row may have none. */
  readonly isNullable?: true
  /** The dimension that this measure is the value of. */
  readonly ofDimension?: string
  /** What must hold of a row that counts. */
  readonly where?: string
}

/** Where the rows of a view come from. In all SQL `?1` and `?2` are the first and the last millisecond that is asked for. */
export interface MetricView {
  readonly table: string
  /** The column that times compare with, and its name in a filter. */
  readonly time: { readonly sql: string; readonly name: string }
  /** The column of metadata. */
  readonly metadata: string
  /** What always holds. */
  readonly where: string
  readonly joins: Readonly<Record<string, string>>
  readonly dimensions: ReadonlyMap<string, MetricDimension>
  readonly measures: ReadonlyMap<string, MetricMeasure>
}
