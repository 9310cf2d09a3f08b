import { trace } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, expect, it } from 'vitest'
import { registerGlobals } from './register-globals.js'

afterEach(() => trace.disable())

const isRecording = (): boolean => trace.getTracer('x').startSpan('step').isRecording()

it('registerGlobals() registers a provider and takes it out again', () => {
  const release = registerGlobals(new BasicTracerProvider())
  expect(isRecording()).toBe(true)
  release?.()
  expect(isRecording()).toBe(false)
})

it('registerGlobals() leaves a provider alone that has taken its place since', () => {
  const release = registerGlobals(new BasicTracerProvider())
  trace.disable()
  trace.setGlobalTracerProvider(new BasicTracerProvider())
  release?.()
  expect(isRecording()).toBe(true)
})

it('registerGlobals() registers nothing where somebody was first', () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider())
  expect(registerGlobals(new BasicTracerProvider())).toBeUndefined()
})
