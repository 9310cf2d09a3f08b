export { register } from './auto-register.js'
export { instrument, wrap } from './instrument.js'
export type { RegisterOptions } from './options/register-options.js'
export type { TargetName } from './targets/registry.js'
