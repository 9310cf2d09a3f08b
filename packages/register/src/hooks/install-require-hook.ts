import Module from 'node:module'
import { patchModule } from '../modules/patch-module.js'
import { findTarget } from '../targets/find-target.js'
import { announcement } from './announcement.js'
import { appendSource, type CompiledModule } from './append-source.js'

/** Node's own, which the types leave out; TypeScript's and Babel's loaders are built on it as well. */
interface Extensions {
  [extension: string]: (module: CompiledModule, filename: string, ...rest: unknown[]) => void
}

/**
 * Patches CommonJS modules of traced libraries, also those that ES modules import, when they have run.
 */
export function installRequireHook(): void {
  // `_extensions` is documented (and kept for ever) as `require.extensions`, but not in the types.
  const { _extensions: extensions } = Module as unknown as { _extensions: Extensions }
  for (const extension of ['.js', '.mjs', '.cjs']) {
    // Without an entry of its own, `.cjs` falls back to `.js`.
    const original = extensions[extension]
    if (!original) continue
    extensions[extension] = function (module, filename, ...rest) {
      const found = findTarget(filename)
      const bindings = found?.target.bindings
      const wasAppended = bindings && appendSource(module, announcement(filename, 'module.exports', bindings))
      original.call(this, module, filename, ...rest)
      const { exports } = module
      if (wasAppended?.()) return
      if (found && typeof exports === 'object' && exports !== null) patchModule(found, exports, 'commonjs')
    }
  }
}
