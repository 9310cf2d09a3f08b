import { ProxyTracerProvider, trace } from '@opentelemetry/api'

/** A method of providers that only keep the place of another one, as that of `@axion/register` does until the first span: takes it out of the globals. */
const GIVE_WAY = Symbol.for('axion.stand-in')

/** Makes room for a provider where nothing but a stand-in of ours is registered. */
export function dismissStandIn(): void {
  const registered = trace.getTracerProvider()
  const provider: object = registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered
  if (GIVE_WAY in provider && typeof provider[GIVE_WAY] === 'function') provider[GIVE_WAY]()
}
