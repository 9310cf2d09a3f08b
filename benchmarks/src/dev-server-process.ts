import { startDevServer } from '@axion/dev-server'

// A dev-server on the data directory of its argument, in a process of its own. Tells its address when it answers; ends with its parent.
const server = await startDevServer({ dataDir: process.argv[2] ?? '' })
process.once('disconnect', () => server.close())
process.send?.({ baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey })
