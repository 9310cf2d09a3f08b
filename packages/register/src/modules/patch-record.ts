/** What became of one module of a library that can be traced. */
export interface PatchRecord {
  /** The npm package. */
  readonly library: string
  /** From its package.json; empty if that could not be read. */
  readonly version: string
  /** The library's folder. */
  readonly root: string
  /** The module, relative to it. */
  readonly file: string
  readonly moduleSystem: ModuleSystem
  readonly outcome: PatchOutcome
  /** Why, where the outcome does not say it. */
  readonly reason?: string
}

/** How a module was loaded. */
export type ModuleSystem = 'esm' | 'commonjs'

/** `absent`: the module has not what is wrapped in others. */
export type PatchOutcome = 'patched' | 'disabled' | 'unsupported_version' | 'absent' | 'failed'
