/**
 * Media type, then base64: https://www.rfc-editor.org/rfc/rfc2397, as `@langfuse/core` reads it. A type holds no colon and two names of at most
 * 127 characters (https://www.rfc-editor.org/rfc/rfc6838#section-4.2), so that text which begins a thousand URIs and ends none is read once.
 */
export const DATA_URI: RegExp = /data:([^:;,"\\]{1,255});base64,([A-Za-z0-9+/]+=*)/g
