/** A dataset as it is stored: a name for items to stand under. */
export interface Dataset {
  readonly id: string
  /** Unique; slashes make folders. */
  readonly name: string
  readonly description: string | null
  /** Any JSON; null for none. */
  readonly metadata: unknown
  /** A JSON Schema, kept and shown but not applied; null for none. */
  readonly inputSchema: unknown
  /** A JSON Schema, kept and shown but not applied; null for none. */
  readonly expectedOutputSchema: unknown
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
}
