export { DevServerError, type DevServerErrorCode, type DevServerErrorDetails } from './dev-server-error.js'
export type { DevServerOptions } from './options/dev-server-options.js'
export { type DevServer, startDevServer } from './start-dev-server.js'
