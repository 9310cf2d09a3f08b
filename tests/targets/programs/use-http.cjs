const http = require('node:http')
const undici = require('undici')

/**
 * What an application asks over HTTP. Prints what it gets, one line each.
 *
 * @param _modules - None.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useHttp(_modules, span) {
  const url = process.env.API_URL
  const get = (path) =>
    new Promise((resolve, reject) => {
      http
        .get(`${url}${path}`, (response) => response.resume().once('end', () => resolve(response.statusCode)))
        .once('error', reject)
    })

  await span('fetch', async () => console.log('fetch', await (await fetch(`${url}/found?key=secret`)).json()))
  // Delivers spans while the program runs: requests that must not be seen.
  await globalThis[Symbol.for('opentelemetry.js.api.1')]?.trace?.getDelegate?.().forceFlush?.()
  await span('undici', async () => console.log('undici', (await undici.request(`${url}/found`)).statusCode))
  await span('http', async () => console.log('http', await get('/found?key=secret')))
  await span('not found', async () =>
    console.log('not found', [(await fetch(`${url}/missing`)).status, await get('/missing')]),
  )
  await span('refused', async () => {
    // A port that nobody listens on, and that `fetch` does not refuse by itself.
    await fetch('http://127.0.0.1:2/').catch((error) => console.log('refused', error.name))
    await new Promise((resolve) =>
      http.get('http://127.0.0.1:2/').once('error', ({ code }) => resolve(console.log(code))),
    )
  })
}
