import { install } from './install.js'
import { optionsFromEnvironment } from './options/options-from-environment.js'

export { register } from './register.js'

// Loading the package is the call: `node --import @axion/register` has no other way to say it. Tracing itself is set up when the first span
// starts, so that a `register({ … })` that follows can still say how.
install(optionsFromEnvironment())
