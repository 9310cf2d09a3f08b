import { createRequire } from 'node:module'
import { classNameOf } from '../../calls/read-fields.js'

type Integration = typeof import('./telemetry-integration.js')
type Listener = (event: unknown) => unknown

const load = createRequire(import.meta.url)

const OFFERED = Symbol.for('axion.register.ai-integration')

const EVENTS = [
  'onStart',
  'onLanguageModelCallEnd',
  'onToolExecutionEnd',
  'onObjectStepStart',
  'onObjectStepEnd',
  'onEmbedStart',
  'onEmbedEnd',
  'onEnd',
  'onAbort',
  'onError',
] as const

/** The slot that `registerTelemetry` of the AI SDK 7 fills. */
interface Slot {
  AI_SDK_TELEMETRY_INTEGRATIONS?: object[]
}

/**
 * Registers, once, what turns the events of the AI SDK 7 into spans. It is loaded with the first of them.
 *
 * @returns Whether the SDK has it.
 */
export function offerIntegration(): boolean {
  // `globalThis` has no such member in the types.
  const slot = globalThis as Slot
  slot.AI_SDK_TELEMETRY_INTEGRATIONS ??= []
  const integrations = slot.AI_SDK_TELEMETRY_INTEGRATIONS
  if (!integrations.some((integration) => OFFERED in integration)) integrations.push(lazyIntegration())
  return true
}

function lazyIntegration(): object {
  const real = (): Integration['integration'] | undefined => {
    if (hasOtherTracing()) return undefined
    try {
      return (load('./telemetry-integration.js') as Integration).integration
    } catch {
      return undefined
    }
  }
  const listeners = EVENTS.map((name): [string, Listener] => [name, (event) => real()?.[name](event)])
  return {
    [OFFERED]: true,
    ...Object.fromEntries(listeners),
    executeLanguageModelCall: (call: { execute: () => unknown }) =>
      real()?.executeLanguageModelCall(call) ?? call.execute(),
    executeTool: (call: { execute: () => unknown }) => real()?.executeTool(call) ?? call.execute(),
  }
}

/** Two integrations that trace would be two generations for one call. */
function hasOtherTracing(): boolean {
  const { AI_SDK_TELEMETRY_INTEGRATIONS: integrations = [] } = globalThis as Slot
  return integrations.some((integration) => /OpenTelemetry|Langfuse/.test(classNameOf(integration)))
}
