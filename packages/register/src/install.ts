import { installImportHook } from './hooks/install-import-hook.js'
import { installRequireHook } from './hooks/install-require-hook.js'
import { patchModule } from './modules/patch-module.js'
import type { ResolvedRegisterOptions } from './options/register-options.js'
import { processSlot } from './process-slot.js'
import { report } from './report.js'
import { findTarget } from './targets/find-target.js'
import { CHANNELS, isChannelName, TARGETS } from './targets/registry.js'
import { offerWhenAsked } from './tracing/offer-when-asked.js'

/**
 * Puts hooks and the promise of a tracer provider in place, once in the life of the process; a later call only changes the options.
 *
 * @param options - What to do.
 */
export function install(options: ResolvedRegisterOptions): void {
  if (!options.isOn) return
  const slot = processSlot()
  slot.only = librariesOf(options.only)
  slot.except = options.except
  slot.logLevel = options.logLevel
  offerWhenAsked(options.tracing)
  traceChannels(options)
  if (slot.hooks) return
  for (const problem of options.problems) report('warn', problem)
  slot.loaded = (from, exports, bindings) => {
    const found = findTarget(from)
    if (found) patchModule(found, exports, from.startsWith('file:') ? 'esm' : 'commonjs', bindings)
  }
  installRequireHook()
  slot.hooks = { require: 'Module._extensions', import: installImportHook() }
  report('info', describe(options, slot.hooks.import))
}

/** Parts of Node are named on top of the libraries: naming nothing else leaves all libraries on. */
function librariesOf(only: readonly string[] | undefined): readonly string[] | undefined {
  const libraries = only?.filter((name) => !isChannelName(name))
  return libraries?.length === 0 && only?.length !== 0 ? undefined : libraries
}

function traceChannels({ only, except }: ResolvedRegisterOptions): void {
  const { channels } = processSlot()
  for (const { name, trace } of CHANNELS) {
    if (!only?.includes(name) || except.includes(name) || channels.includes(name)) continue
    channels.push(name)
    trace()
  }
}

function describe({ except }: ResolvedRegisterOptions, importHook: string): string {
  const { only, channels } = processSlot()
  const libraries = TARGETS.map(({ name }) => name).filter(
    (name) => !except.includes(name) && (only?.includes(name) ?? true),
  )
  const names = [...new Set(libraries), ...channels]
  return `Watching require (Module._extensions) and import (${importHook}) on Node ${process.version} for ${names.join(', ') || 'nothing'}`
}
