/** Broad on purpose: a provider that calls a zip "octet-stream" would gray it out otherwise. The bytes decide later. */
export const ACCEPT = { 'application/zip': ['.zip'], 'application/octet-stream': ['.zip'] }
