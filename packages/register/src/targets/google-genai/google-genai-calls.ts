import { interceptPromise } from '../../calls/intercept-promise.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { embedContentOperation } from './embed-content-operation.js'
import { generateContentOperation } from './generate-content-operation.js'

// Loaded with the first call.

/** `models.generateContent`. */
export const generateContent: Intercept = interceptPromise(generateContentOperation)
/** `models.generateContentStream`. */
export const generateContentStream: Intercept = generateContent
/** `models.embedContent`. */
export const embedContent: Intercept = interceptPromise(embedContentOperation)
