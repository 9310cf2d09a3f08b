/** Name of the instrumentation scope of our spans, unless a tracer is given another. */
export const CORE_SCOPE_NAME = 'axion'

/** This package's version, as the scope's. Kept equal to package.json by `scripts/sync-versions.mjs`; a test compares them. */
export const CORE_SCOPE_VERSION = '0.0.0'
