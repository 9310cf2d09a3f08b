import { a } from './a.mjs'

export const b = () => `b${a}`
try {
  console.log(a)
} catch (error) {
  console.log('cycle', error.constructor.name, error.message)
}
