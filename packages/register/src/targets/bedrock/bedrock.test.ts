import { describe, expect, it } from 'vitest'
import { target } from './bedrock.js'

const send = (): Promise<string> => Promise.resolve('sent')

describe('target.instrument()', () => {
  it('wraps the method of a client of Bedrock, which goes on to do what it does', async () => {
    const client = { config: { serviceId: 'Bedrock Runtime' }, send }
    expect(target.instrument?.(client)).toBe(true)
    expect(client.send).not.toBe(send)
    expect(await client.send()).toBe('sent')
  })

  it.each([
    {},
    { send },
    { config: null, send },
    { config: { serviceId: 'S3' }, send },
    { config: { serviceId: 'Bedrock Runtime' } },
  ])('leaves another object alone: %j', (client) => {
    const before = { ...client }
    expect(target.instrument?.(client)).toBe(false)
    expect(client).toEqual(before)
  })
})

describe('target.wrap()', () => {
  it('wraps a method that the class inherits, and leaves the parent alone', () => {
    class Client {
      send(): string {
        return 'sent'
      }
    }
    class BedrockRuntimeClient extends Client {}
    expect(target.wrap?.({ BedrockRuntimeClient })).toBe(true)
    expect(Object.hasOwn(BedrockRuntimeClient.prototype, 'send')).toBe(true)
    expect(new BedrockRuntimeClient().send()).toBe('sent')
    expect(Client.prototype.send).not.toBe(BedrockRuntimeClient.prototype.send)
  })

  it('leaves another module alone', () => {
    expect(target.wrap?.({ S3Client: class {} })).toBe(false)
  })
})
