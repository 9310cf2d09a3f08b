import { describe, expect, it } from 'vitest'
import { apiKeyRule } from './api-key.js'

// Made up from their parts, so that no scanner takes this file for a leak.
const letters = (count: number): string => 'Ab1'.repeat(count).slice(0, count)
const hex = (count: number): string => 'a1'.repeat(count).slice(0, count)
const pem = (kind: string, body: string): string => `-----BEGIN ${kind}-----${body}-----END ${kind}-----`

const KEYS: readonly (readonly [provider: string, key: string])[] = [
  ['OpenAI', `sk-${letters(48)}`],
  ['OpenAI project', `sk-proj-${letters(60)}_-${letters(20)}`],
  ['OpenAI service account', `sk-svcacct-${letters(40)}`],
  ['Anthropic', `sk-ant-api03-${letters(90)}-AA`],
  ['Langfuse secret', 'sk-lf-1b3f0c9e-1f2d-4c3b-9a8d-7e6f5a4b3c2d'],
  ['Langfuse public', 'pk-lf-1b3f0c9e-1f2d-4c3b-9a8d-7e6f5a4b3c2d'],
  ['OpenRouter', `sk-or-v1-${hex(64)}`],
  ['Google', `AIza${letters(35)}`],
  ['Gemini', `AQ.Ab${letters(45)}`],
  ['Google OAuth', `ya29.${letters(60)}`],
  ['AWS key id', `AKIA${'ABCD2345'.repeat(2)}`],
  ['AWS temporary key id', `ASIA${'ABCD2345'.repeat(2)}`],
  ['Bedrock', `ABSK${letters(80)}==`],
  ['GitHub', `ghp_${letters(36)}`],
  ['GitHub fine-grained', `github_pat_${letters(22)}_${letters(59)}`],
  ['GitLab', `glpat-${letters(20)}`],
  ['Slack bot', `xoxb-123456789012-123456789012-${letters(24)}`],
  ['Slack webhook', `hooks.slack.com/services/T00000000/B00000000/${letters(24)}`],
  ['Stripe', `sk_live_${letters(24)}`],
  ['Stripe restricted', `rk_test_${letters(24)}`],
  ['Hugging Face', `hf_${letters(34)}`],
  ['Groq', `gsk_${letters(52)}`],
  ['xAI', `xai-${letters(80)}`],
  ['Perplexity', `pplx-${letters(48)}`],
  ['Replicate', `r8_${letters(37)}`],
  ['NVIDIA', `nvapi-${letters(60)}`],
  ['LangSmith', `lsv2_pt_${hex(32)}_${hex(10)}`],
  ['Tavily', `tvly-dev-${letters(32)}`],
  ['Databricks', `dapi${hex(32)}`],
  ['Azure OpenAI', `${letters(52)}JQQJ99${letters(26)}`],
  ['Entra ID', `a~b8Q~${letters(34)}`],
  ['SendGrid', `SG.${letters(22)}.${letters(43)}`],
  ['npm', `npm_${letters(36)}`],
  ['Telegram', `123456789:AA${letters(33)}`],
]

describe('apiKeyRule.mask()', () => {
  it.each(KEYS)('apiKeyRule.mask() finds a key of %s wherever it stands', (_provider, key) => {
    expect(apiKeyRule.mask(key)).toBe('<api_key>')
    expect(apiKeyRule.mask(`use "${key}", ok`)).toBe('use "<api_key>", ok')
    expect(apiKeyRule.mask(`x=${key}`)).toBe('x=<api_key>')
    expect(apiKeyRule.mask(`密钥${key}。`)).toBe('密钥<api_key>。')
    expect(apiKeyRule.mask(`\\n${key}\\n`)).toBe('\\n<api_key>\\n')
    expect(apiKeyRule.mask(`${key} ${key}`)).toBe('<api_key> <api_key>')
  })

  it.each([
    ['api_key=abc123', 'api_key=<api_key>'],
    ['x-api-key: 0123456789abcdef', 'x-api-key: <api_key>'],
    ['AZURE_OPENAI_API_KEY=0123456789abcdef', 'AZURE_OPENAI_API_KEY=<api_key>'],
    ['"apiKey": "whatever it is"', '"apiKey": "<api_key>"'],
    ["apiKey: 'whatever'", "apiKey: '<api_key>'"],
    ['{\\"api_key\\":\\"abc\\",\\"x\\":1}', '{\\"api_key\\":\\"<api_key>\\",\\"x\\":1}'],
    ['"password":"a\\"b","user":"x"', '"password":"<api_key>","user":"x"'],
    ['"password": 12345678', '"password": <api_key>'],
    [`aws_secret_access_key = ${letters(40)}`, 'aws_secret_access_key = <api_key>'],
    [`{"SecretAccessKey":"${letters(40)}"}`, '{"SecretAccessKey":"<api_key>"}'],
    [`AccountKey=${letters(86)}==;Endpoint=x`, 'AccountKey=<api_key>;Endpoint=x'],
    ["client_secret => 'x'", "client_secret => '<api_key>'"],
    ['"access_token":["abc"]', '"access_token":["<api_key>"]'],
    ['postgres://jane:hunter2@db:5432/x', 'postgres://jane:<api_key>@db:5432/x'],
    ['redis://:hunter2@db', 'redis://:<api_key>@db'],
    ['https:\\/\\/jane:hunter2@db\\/x', 'https:\\/\\/jane:<api_key>@db\\/x'],
    ['mongodb+srv://a:p@ss:w@db.example.com/x', 'mongodb+srv://a:<api_key>@db.example.com/x'],
    [`a ${pem('RSA PRIVATE KEY', `\n${letters(64)}\n${letters(20)}\n`)} b`, 'a <api_key> b'],
    [`${pem('OPENSSH PRIVATE KEY', `\\n${letters(64)}\\n`)}.`, '<api_key>.'],
    [`${pem('PRIVATE KEY', letters(64))}${pem('EC PRIVATE KEY', letters(64))}`, '<api_key><api_key>'],
    [`-----BEGIN PRIVATE KEY-----\n${letters(64)}\n${letters(30)}`, '<api_key>'],
    [`-----BEGIN PRIVATE KEY-----\n${letters(64)}\n(cut) rest`, '<api_key>\n(cut) rest'],
  ])('apiKeyRule.mask() of %j is %j', (text, masked) => {
    expect(apiKeyRule.mask(text)).toBe(masked)
    expect(apiKeyRule.mask(masked)).toBe(masked)
  })

  it.each([
    '',
    'sk-',
    'sk-short1',
    'sk-spinner-double-bounce-animation',
    `task-${letters(30)}`,
    `disk-${letters(30)}`,
    'pk-lf-short',
    'AIzaShort',
    'AKIASHORT',
    'ghp_short',
    'npm_config_registry_is_long_enough',
    'sk-ant-your-api-key-goes-here-please',
    '550e8400-e29b-41d4-a716-446655440000',
    '0af7651916cd43dd8448eb211c80319c',
    'gpt-4o-mini-2024-07-18',
    'https://shop.example.com/track/4711-223?page=2',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ',
    'max_tokens=4096 total_tokens: 12345',
    'api_key=os.environ["OPENAI_API_KEY"]',
    'apiKey: process.env.OPENAI_API_KEY',
    'The password must have eight letters.',
    'password: see below',
    '"password": ""',
    '"api_key": null',
    'http://example.com:8080/x@y',
    'ssh://git@github.com/x',
    '-----BEGIN PUBLIC KEY-----',
    'next_page_token=2',
    'keyboard: 12345',
  ])('apiKeyRule.mask() leaves %j', (text) => {
    expect(apiKeyRule.mask(text)).toBe(text)
  })

  it.each([
    ['api_key', '<api_key>'],
    ['x-api-key', '<api_key>'],
    ['openai.apiKey', '<api_key>'],
    ['langfuse.observation.metadata.clientSecret', '<api_key>'],
    ['password', '<api_key>'],
    ['db_passwd', '<api_key>'],
    ['accessToken', '<api_key>'],
    ['aws_secret_access_key', '<api_key>'],
    ['api_key_name', undefined],
    ['total_tokens', undefined],
    ['gen_ai.usage.input_tokens', undefined],
    ['token', undefined],
    ['', undefined],
  ])('apiKeyRule.markForName() of %j is %j', (name, mark) => {
    expect(apiKeyRule.markForName?.(name)).toBe(mark)
  })
})
