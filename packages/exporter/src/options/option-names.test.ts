import { describe, expect, it } from 'vitest'
import { refuseUnknownOptions } from './option-names.js'

describe('refuseUnknownOptions()', () => {
  it.each<[object]>([
    [{}],
    [{ publicKey: 'pk', captureContent: false }],
    [{ mask: undefined, spool: null, nonsense: undefined }],
  ])('refuseUnknownOptions() accepts %j', (caller) => {
    expect(() => refuseUnknownOptions(caller)).not.toThrow()
  })

  it.each<[object, string, RegExp]>([
    [
      { provider: {} },
      'provider',
      /^Cannot configure tracing: "provider" is not an option, put createLangfuseSpanProcessor\(\) into a provider that exists$/,
    ],
    [
      { capturecontent: false },
      'capturecontent',
      /: "capturecontent" is not an option, expected some of mode, publicKey, /,
    ],
    [{ baseURL: 'a', provider: [] }, 'baseURL', /: "baseURL" is not an option, .*; "provider" is not an option, put /],
    // Names that every object has.
    [{ constructor: 1 }, 'constructor', /: "constructor" is not an option/],
    [JSON.parse('{"__proto__":{}}'), '__proto__', /: "__proto__" is not an option/],
    [{ 'line\nbreak': 1 }, 'line\nbreak', /: "line\\nbreak" is not an option/],
  ])('refuseUnknownOptions() refuses %j', (caller, option, message) => {
    expect(() => refuseUnknownOptions(caller)).toThrow(
      expect.objectContaining({
        name: 'ExporterError',
        code: 'invalid_options',
        option,
        message: expect.stringMatching(message),
      }),
    )
  })
})
