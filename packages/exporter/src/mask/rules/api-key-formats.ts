// Prefixes and lengths as the providers document them or as GitHub's secret scanning
// (https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns) and gitleaks
// (https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml) know them. Lengths are lower bounds: providers lengthen keys.
const FORMATS: readonly string[] = [
  // OpenAI (sk-, sk-proj-, sk-svcacct-, sk-admin-), Anthropic (sk-ant-), Langfuse (sk-lf-), OpenRouter (sk-or-), DeepSeek, Moonshot.
  // `sk-` alone is also how class names of style sheets begin: a key has a digit.
  'sk-(?=[A-Za-z_-]{0,64}\\d)[\\w-]{16,}',
  'pk-lf-[\\w-]{16,}',
  // Google: API keys, the newer ones of Gemini, OAuth tokens and client secrets.
  'AIza[\\w-]{35}',
  'AQ\\.Ab[\\w-]{30,}',
  'ya29\\.[\\w-]{20,}',
  'GOCSPX-[\\w-]{24,}',
  // AWS: access key ids, keys for Bedrock. Secret access keys have no form of their own; their name gives them away.
  '(?:A3T[A-Z\\d]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
  'ABSK[A-Za-z\\d+/]{60,}={0,2}',
  'bedrock-api-key-[\\w+/=-]{20,}',
  // GitHub, GitLab.
  'gh[pousr]_[A-Za-z\\d]{36,}',
  'github_pat_\\w{22,}',
  'gl(?:pat|dt|rt|ptt|cbt|soat|ffct|oas|imt|agent|wt)-[\\w-]{20,}',
  // Slack.
  'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z\\d-]{11,}',
  'xapp-\\d-[A-Za-z\\d-]{10,}',
  'hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/+-]{20,}',
  // Stripe.
  '[rs]k_(?:live|test|prod)_[A-Za-z\\d]{10,}',
  'whsec_[A-Za-z\\d+/=]{24,}',
  // Hugging Face, Groq, xAI, Perplexity, Replicate, Fireworks, Together, Cerebras, NVIDIA, Voyage, Jina, ElevenLabs.
  'hf_[A-Za-z]{30,}',
  'hf_[A-Za-z\\d]{34,}',
  'api_org_[A-Za-z]{34}',
  'gsk_[A-Za-z\\d]{32,}',
  'xai-[\\w-]{40,}',
  'pplx-[A-Za-z\\d]{32,}',
  'r8_[A-Za-z\\d]{37}',
  'fw_[A-Za-z\\d]{22,}',
  'tgp_v1_[\\w-]{32,}',
  'csk-[a-z\\d]{40,}',
  'nvapi-[\\w-]{40,}',
  'pa-[\\w-]{40,}',
  'jina_[a-f\\d]{32}[\\w-]{20,}',
  'sk_[a-f\\d]{48}',
  // Tavily, LangSmith, Pinecone, Databricks, PostHog, Sentry, Grafana.
  'tvly-[\\w-]{20,}',
  'lsv2_(?:pt|sk)_[a-f\\d]{32}_[a-f\\d]{8,}',
  'pcsk_\\w{20,}',
  'dapi[a-f\\d]{32}(?:-\\d)?',
  'ph[cx]_[A-Za-z\\d]{40,}',
  'sntrys_[\\w+/=]{40,}',
  'gl(?:sa|c)_[\\w=]{32,}',
  // Azure: client secrets of Entra ID, and the keys that carry the signature of Azure's own scanning.
  '[\\w.~-]{3}\\dQ~[\\w.~-]{31,34}',
  '[A-Za-z\\d]{52}JQQJ99[A-Za-z\\d]{26}',
  // SendGrid, Mailgun, Twilio, npm, PyPI, DigitalOcean, Shopify, Supabase, Linear, Notion, HashiCorp Vault, Doppler, age, Telegram.
  'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  'key-[a-f\\d]{32}',
  'SK[a-f\\d]{32}',
  'npm_[A-Za-z\\d]{36}',
  'pypi-AgE[\\w-]{50,}',
  'do[opr]_v1_[a-f\\d]{64}',
  'shp(?:at|ca|pa|ss)_[a-fA-F\\d]{32}',
  'sb(?:p_[a-f\\d]{40}|_secret_[\\w-]{20,})',
  'lin_api_[A-Za-z\\d]{40}',
  '(?:ntn|secret)_[A-Za-z\\d]{40,}',
  'hv[sb]\\.[\\w-]{24,}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z\\d.]{40,}',
  'AGE-SECRET-KEY-1[A-Z\\d]{58}',
  '\\d{8,10}:AA[\\w-]{33}',
]

/** A key that its form gives away, wherever it stands but in a longer word. */
export const API_KEY: RegExp = new RegExp(`(?<![A-Za-z\\d])(?:${FORMATS.join('|')})`, 'g')
