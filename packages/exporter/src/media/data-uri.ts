/** Media type, then base64: https://www.rfc-editor.org/rfc/rfc2397, as `@langfuse/core` reads it. */
export const DATA_URI: RegExp = /data:([^;,"\\]+);base64,([A-Za-z0-9+/]+=*)/g
