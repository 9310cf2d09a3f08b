import { expect, it } from 'vitest'
import type { ExporterOptions } from '../options/exporter-options.js'
import { optionsFromEnvironment } from '../options/options-from-environment.js'
import { resolveExporterOptions } from '../options/resolve-exporter-options.js'
import { chooseMode } from './choose-mode.js'

const KEYS = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }
const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
const BOTH_MISSING = 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are not set. Set them'
const toCloud = {
  mode: 'langfuse',
  credentials: { publicKey: 'pk', secretKey: 'sk', baseUrl: 'https://cloud.langfuse.com' },
}

it.each<[string, Record<string, string>, ExporterOptions, unknown]>([
  ['nothing is set', {}, {}, { mode: 'noop', missing: BOTH_MISSING }],
  ['both keys are set', KEYS, {}, toCloud],
  ['both keys are arguments', {}, { publicKey: 'pk', secretKey: 'sk' }, toCloud],
  [
    'only the public key is set',
    { LANGFUSE_PUBLIC_KEY: 'pk' },
    {},
    { mode: 'noop', missing: 'LANGFUSE_SECRET_KEY is not set. Set it' },
  ],
  [
    'only the secret key is set',
    { LANGFUSE_SECRET_KEY: 'sk' },
    {},
    { mode: 'noop', missing: 'LANGFUSE_PUBLIC_KEY is not set. Set it' },
  ],
  ['an OTLP endpoint is set', OTLP, {}, { mode: 'otel' }],
  ['a traces endpoint is set', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t' }, {}, { mode: 'otel' }],
  ['keys and an OTLP endpoint are set', { ...KEYS, ...OTLP }, {}, toCloud],
  ['otel is asked for beside keys', { ...KEYS, TRACING_MODE: 'otel' }, {}, { mode: 'otel' }],
  ['console is asked for', { TRACING_MODE: 'console' }, {}, { mode: 'console' }],
  ['noop is asked for beside keys', { ...KEYS, TRACING_MODE: 'noop' }, {}, { mode: 'noop', missing: undefined }],
  [
    'langfuse is asked for without keys',
    { ...OTLP, TRACING_MODE: 'langfuse' },
    {},
    { mode: 'noop', missing: BOTH_MISSING },
  ],
  ['an argument contradicts TRACING_MODE', { ...KEYS, TRACING_MODE: 'noop' }, { mode: 'langfuse' }, toCloud],
  ['TRACING_MODE is garbage', { ...KEYS, TRACING_MODE: 'x' }, {}, toCloud],
  [
    'the SDK is disabled',
    { ...KEYS, OTEL_SDK_DISABLED: 'true' },
    { mode: 'langfuse' },
    { mode: 'noop', missing: undefined },
  ],
  [
    'the base URL is none',
    { ...KEYS, LANGFUSE_BASE_URL: 'nope' },
    {},
    {
      mode: 'noop',
      missing:
        'LANGFUSE_BASE_URL is "nope", expected an http or https URL without user, query or fragment, such as https://cloud.langfuse.com. Correct it',
    },
  ],
])('chooseMode() decides when %s', (_case, environment, caller, expected) => {
  expect(chooseMode(resolveExporterOptions(caller, optionsFromEnvironment(environment)))).toEqual(expected)
})
