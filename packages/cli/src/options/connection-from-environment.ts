import process from 'node:process'
import type { ConnectionFlags } from './connection.js'

/**
 * Reads which Langfuse project the environment names, from the variables that all Langfuse clients read.
 *
 * @returns What is set; a variable that is blank counts as not set, as shells and CI leave them.
 */
export function connectionFromEnvironment(): ConnectionFlags {
  const baseUrl = read('LANGFUSE_BASE_URL') ?? read('LANGFUSE_HOST')
  const publicKey = read('LANGFUSE_PUBLIC_KEY')
  const secretKey = read('LANGFUSE_SECRET_KEY')
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(secretKey === undefined ? {} : { secretKey }),
  }
}

function read(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === '' ? undefined : value
}
