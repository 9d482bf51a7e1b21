/** @type {import('next').NextConfig} */
export default {
  // Every API path answers with and without its trailing slash, and never by a redirect (a redirected POST becomes a GET).
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'pg-boss', 'kysely', 'pino', '@zip.js/zip.js', 'better-auth'],
  // Pages with COEP, and their workers, load nothing that does not say this.
  headers: async () => [
    {
      source: '/_next/static/:path*',
      headers: [
        { key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' },
        { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
      ],
    },
  ],
  turbopack: { root: import.meta.dirname },
}
