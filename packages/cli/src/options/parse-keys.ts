import { InvalidArgumentError } from 'commander'

/** Both keys of a project. */
export interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

/**
 * Reads both keys of a project in one, as basic authentication writes them.
 *
 * @param text - What stands on the command line: `public:secret`.
 * @returns Both keys.
 * @throws {InvalidArgumentError} If it is not two keys. The message quotes neither.
 */
export function parseKeys(text: string): KeyPair {
  const [, publicKey, secretKey] = /^([\x21-\x39\x3b-\x7e]+):([\x21-\x39\x3b-\x7e]+)$/.exec(text) ?? []
  if (publicKey === undefined || secretKey === undefined)
    throw new InvalidArgumentError('Expected public:secret, each of printable ASCII without spaces and colons.')
  return { publicKey, secretKey }
}
