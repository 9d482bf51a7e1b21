import { services } from '#lib/services.ts'

const json = (status: 400 | 404, detail: string) => {
  const Link = `</docs/errors/${status === 404 ? 'not_found' : 'invalid'}>; rel="help"`
  return Response.json({ detail }, { status, headers: { 'Cache-Control': 'no-store', Link } })
}

/**
 * Where Gencove's CLI asks for a place to put a local file. We take no local files; a 400 makes it stop at once and
 * show these words, where a 404 makes it try again for minutes.
 */
const LOCAL_FILES = /^\/api\/v2\/uploads-(?:presigned-)?post-data\/?$/
const BY_URL =
  'Local files cannot be uploaded here. Put them into Amazon S3, Google Cloud Storage or Azure, presign their URLs, and upload a map file of URLs.'

/** Every unknown API path: JSON, because Gencove's CLI reads every 4xx as JSON. */
const notFound = (request: Request) =>
  LOCAL_FILES.test(new URL(request.url).pathname) && request.method === 'POST'
    ? json(400, BY_URL)
    : json(404, `This service has no such path. What there is: ${services().env.publicUrl}/docs`)

export {
  notFound as GET,
  notFound as POST,
  notFound as PUT,
  notFound as PATCH,
  notFound as DELETE,
  notFound as OPTIONS,
}
