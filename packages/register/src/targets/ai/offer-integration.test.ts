import { afterEach, expect, it } from 'vitest'
import { offerIntegration } from './offer-integration.js'

interface Integration {
  executeLanguageModelCall(call: { execute: () => unknown }): unknown
  onStart(event: unknown): unknown
}

// `globalThis` has no such member in the types.
const slot = globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: object[] }

afterEach(() => {
  delete slot.AI_SDK_TELEMETRY_INTEGRATIONS
})

it('offerIntegration() registers one integration, beside those that are there', () => {
  const own = {}
  slot.AI_SDK_TELEMETRY_INTEGRATIONS = [own]
  expect(offerIntegration()).toBe(true)
  expect(offerIntegration()).toBe(true)
  expect(slot.AI_SDK_TELEMETRY_INTEGRATIONS).toHaveLength(2)
  expect(slot.AI_SDK_TELEMETRY_INTEGRATIONS[0]).toBe(own)
})

it.each([undefined, null, 1, 'text', {}, { callId: {} }])(
  'its listeners take %j, and calls go through',
  async (event) => {
    offerIntegration()
    // The one that was just registered.
    const integration = slot.AI_SDK_TELEMETRY_INTEGRATIONS?.[0] as Integration
    expect(integration.onStart(event)).toBeUndefined()
    expect(await integration.executeLanguageModelCall({ execute: () => 'answer' })).toBe('answer')
  },
)
