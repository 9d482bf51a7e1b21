/** @type {import('next').NextConfig} */
export default {
  // Every API path answers with and without its trailing slash, and never by a redirect (a redirected POST becomes a GET).
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'pg-boss', 'kysely', 'pino', '@zip.js/zip.js', 'better-auth'],
  turbopack: { root: import.meta.dirname },
}
