import { createRequire } from 'node:module'
import type { ExporterOptions } from '@axion/exporter'
import { tracingSlot } from './tracing-slot.js'

const load = createRequire(import.meta.url)

/** Where all copies of OpenTelemetry's API 1 find what is registered: @opentelemetry/api, internal/global-utils.js. */
const API_SLOT = Symbol.for('opentelemetry.js.api.1')

/**
 * Offers tracing when the first copy of OpenTelemetry's API looks for it. Before that nobody can start a span, or set a context; and loading the
 * API takes longer than all that is needed until then.
 *
 * @param options - As for `offerTracing`.
 */
export function offerWhenAsked(options: ExporterOptions): void {
  const slot = tracingSlot()
  // Somebody has used the API already, or does not want its globals.
  if ((slot.state !== 'waiting' && API_SLOT in globalThis) || options.isolated === true) {
    offerNow(options)
    return
  }
  // Those of an earlier call give way, as they do in an offer.
  slot.options = options
  if (slot.state === 'waiting') return
  waitForApi()
}

function waitForApi(): void {
  tracingSlot().state = 'waiting'
  Object.defineProperty(globalThis, API_SLOT, {
    configurable: true,
    enumerable: true,
    get: () => {
      if (offerNow(tracingSlot().options)) return apiHolder[API_SLOT]
      // Node 20 cannot require what an `import` is about to load: next time it can.
      waitForApi()
      return undefined
    },
    set: (value: unknown) => {
      offerNow(tracingSlot().options)
      apiHolder[API_SLOT] = value
    },
  })
}

/** @returns Whether it worked. */
function offerNow(options: ExporterOptions): boolean {
  const slot = tracingSlot()
  if (slot.state === 'waiting') {
    slot.state = 'none'
    delete apiHolder[API_SLOT]
  }
  try {
    const { offerTracing } = load('./offer-tracing.js') as typeof import('./offer-tracing.js')
    offerTracing(options)
    return true
  } catch {
    return false
  }
}

// `globalThis` has no index signature for symbols.
const apiHolder = globalThis as { [API_SLOT]?: unknown }
