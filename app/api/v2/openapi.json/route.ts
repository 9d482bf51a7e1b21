import { buildDocument } from '#lib/openapi/build-document.ts'
import { signInApi } from '#lib/route.ts'
import packageJson from '../../../../package.json' with { type: 'json' }

/** The partner API as a document for programs. Nothing in it is secret: anyone may read it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  async GET({ services }) {
    return Response.json(buildDocument({ publicUrl: services.env.publicUrl, version: packageJson.version }))
  },
})
