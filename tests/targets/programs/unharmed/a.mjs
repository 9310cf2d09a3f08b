import { b } from './b.mjs'

export const a = 'a'
export const both = () => b()
