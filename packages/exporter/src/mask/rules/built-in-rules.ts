import type { BuiltInRule } from '../mask-rule.js'
import { apiKeyRule } from './api-key.js'
import { bearerTokenRule } from './bearer-token.js'
import { creditCardRule } from './credit-card.js'
import { emailRule } from './email.js'
import { ibanRule } from './iban.js'
import { ipRule } from './ip.js'
import { phoneRule } from './phone.js'
import type { TextRule } from './text-rule.js'

/** What each name stands for. */
export const builtInRules: Readonly<Record<BuiltInRule, TextRule>> = {
  bearer_token: bearerTokenRule,
  api_key: apiKeyRule,
  email: emailRule,
  credit_card: creditCardRule,
  iban: ibanRule,
  phone: phoneRule,
  ip: ipRule,
}
