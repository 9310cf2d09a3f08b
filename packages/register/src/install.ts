import { installImportHook } from './hooks/install-import-hook.js'
import { installRequireHook } from './hooks/install-require-hook.js'
import { patchModule } from './modules/patch-module.js'
import type { ResolvedRegisterOptions } from './options/register-options.js'
import { processSlot } from './process-slot.js'
import { report } from './report.js'
import { findTarget } from './targets/find-target.js'
import { TARGETS } from './targets/registry.js'
import { offerTracing } from './tracing/offer-tracing.js'

/**
 * Puts hooks and the promise of a tracer provider in place, once in the life of the process; a later call only changes the options.
 *
 * @param options - What to do.
 */
export function install(options: ResolvedRegisterOptions): void {
  if (!options.isOn) return
  const slot = processSlot()
  slot.only = options.only
  slot.except = options.except
  slot.logLevel = options.logLevel
  offerTracing(options.tracing)
  if (slot.hooks) return
  for (const problem of options.problems) report('warn', problem)
  slot.loaded = (url, exports) => {
    const found = findTarget(url)
    if (found) patchModule(found, exports, 'esm')
  }
  installRequireHook()
  slot.hooks = { require: 'Module._extensions', import: installImportHook() }
  report('info', describe(options, slot.hooks.import))
}

function describe({ only, except }: ResolvedRegisterOptions, importHook: string): string {
  const names = TARGETS.map(({ name }) => name).filter(
    (name) => !except.includes(name) && (only?.includes(name) ?? true),
  )
  return `Watching require (Module._extensions) and import (${importHook}) on Node ${process.version} for ${names.join(', ') || 'nothing'}`
}
