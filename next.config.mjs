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
    // By their ending alone they would be films.
    {
      source: '/:file(embed|embed-react).d.ts',
      headers: [{ key: 'Content-Type', value: 'text/plain; charset=utf-8' }],
    },
  ],
  // No page has pictures that need it, and anybody could fill the log through `/_next/image`, and have paths fetched.
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  // `npm run types` and `npm test` check them; a build that did so once more would take a fifth longer.
  typescript: { ignoreBuildErrors: true },
  // Neither the cache, which only a build of changed sources would read and bin/build.mjs deletes, nor source maps, which
  // nothing reads, are written.
  experimental: {
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: false,
    // The tests start dozens of services, each of which serves a few pages: to load all of them is a fifth of a start.
    preloadEntriesOnStart: process.env.ARRAYDROP_TEST_CLOCK !== '1',
  },
}
