/** A certificate for `localhost` that nobody trusts, valid for a hundred years; for tests. */
export const LOCALHOST_CERTIFICATE: string = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUa7h1yhEqw4SKdgHNlghwvhH+Zi8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIzMTgyOVoYDzIxMjYxMDMw
MjMxODI5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQYGdaLDroaOBaaDJGRUIVyzIf5wnfKA0Hzx1atKlqb2o15fIYgoV2W
kF5utGhqeSQ5JOBsPE6QIQ/KhYg/zwa3o2kwZzAdBgNVHQ4EFgQULhAV+WjFYQLz
a2BdfWk4ONev6hcwHwYDVR0jBBgwFoAULhAV+WjFYQLza2BdfWk4ONev6hcwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgGpGr6J3Necj/IlFul8U0taXTcNU6dwd1heIELWcH5/cCIQCCjEgqK0+5
OEnxwD4ym9243SsEZanvvh2crD2hOdUscw==
-----END CERTIFICATE-----
`

/** Its private key, which protects nothing. */
export const LOCALHOST_KEY: string = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgegc2qFvldxEmeDnw
uHIkBgfCwWiID6kZCqcM4Mfyv/2hRANCAAQYGdaLDroaOBaaDJGRUIVyzIf5wnfK
A0Hzx1atKlqb2o15fIYgoV2WkF5utGhqeSQ5JOBsPE6QIQ/KhYg/zwa3
-----END PRIVATE KEY-----
`
