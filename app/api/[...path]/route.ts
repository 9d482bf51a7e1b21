const notFound = () =>
  Response.json({ detail: 'Not found.' }, { status: 404, headers: { 'Cache-Control': 'no-store' } })

/** Whatever path no API has: JSON, because Gencove's CLI reads every 4xx as JSON. */
export { notFound as GET, notFound as POST, notFound as PUT, notFound as PATCH, notFound as DELETE }
