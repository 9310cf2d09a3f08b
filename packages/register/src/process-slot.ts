import type { PatchRecord } from './modules/patch-record.js'
import type { LogLevel } from './options/register-options.js'

/** What `@axion/register` shares with other copies of itself in one process. */
export interface ProcessSlot {
  /** Which libraries are traced; undefined for all that are known. */
  only: readonly string[] | undefined
  except: readonly string[]
  logLevel: LogLevel
  /** How modules are seen; undefined as long as nothing is installed. */
  hooks: HookKinds | undefined
  /** Parts of Node whose requests are traced. */
  readonly channels: string[]
  /** What became of each module that belongs to a target. */
  readonly patches: PatchRecord[]
  /** Told of each of them, for `axion doctor`. */
  onPatch: ((record: PatchRecord) => void) | undefined
  /** Called by the source that hooks append to a module, when the module has run: its URL or path, exports, functions inside it. */
  loaded: ((from: string, exports: object, bindings?: Record<string, unknown>) => void) | undefined
}

/** By what means modules are seen. */
export interface HookKinds {
  readonly require: 'Module._extensions'
  readonly import: 'module.registerHooks' | 'module.register'
}

/** Also named in the source that `hooks/announcement.ts` writes. */
export const SLOT_NAME = 'axion.register'

const SLOT = Symbol.for(SLOT_NAME)

/**
 * The one process-wide slot of this package. A `Symbol.for` key on `globalThis`, because an application may load it twice (`--require` and
 * `--import`, nested dependencies), and hooks are installed once.
 */
export function processSlot(): ProcessSlot {
  // `globalThis` has no index signature for symbols.
  const holder = globalThis as { [SLOT]?: ProcessSlot }
  holder[SLOT] ??= {
    only: undefined,
    except: [],
    logLevel: 'warn',
    hooks: undefined,
    channels: [],
    patches: [],
    onPatch: undefined,
    loaded: undefined,
  }
  return holder[SLOT]
}
