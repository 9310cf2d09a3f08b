import type { LoadFnOutput, LoadHookContext } from 'node:module'
import * as nodeModule from 'node:module'
import type { HookKinds } from '../process-slot.js'
import { observedSource } from './observed-source.js'
import { supportsSyncHooks } from './supports-sync-hooks.js'

/** Of Node 22.15 and later; the types are those of Node 20. */
interface SyncHooks {
  registerHooks?(hooks: {
    load(
      url: string,
      context: LoadHookContext,
      nextLoad: (url: string, context?: LoadHookContext) => LoadFnOutput,
    ): LoadFnOutput
  }): unknown
}

/**
 * Makes ES modules of traced libraries tell what they export.
 *
 * @returns By what means: in the application's own thread where Node can do that well, else in a thread of its own.
 */
export function installImportHook(): HookKinds['import'] {
  const { registerHooks } = nodeModule as typeof nodeModule & SyncHooks
  if (registerHooks && supportsSyncHooks(process.versions.node)) {
    registerHooks({
      load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context)
        const source = observedSource(url, loaded)
        return source === undefined ? loaded : { ...loaded, source }
      },
    })
    return 'module.registerHooks'
  }
  nodeModule.register('./load-hook.js', import.meta.url)
  return 'module.register'
}
