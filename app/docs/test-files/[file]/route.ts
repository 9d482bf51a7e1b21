import { TEST_FILES, type TestFileName, testFileName } from '#lib/genotype/fixtures/test-files.ts'

// Made once, by the build: a request costs no more than any other file.
export const dynamic = 'force-static'
export const dynamicParams = false

/** As many zeros as it takes need no download. */
const OFFERED = (Object.keys(TEST_FILES) as TestFileName[]).filter((name) => name !== 'too-large')

export const generateStaticParams = () => OFFERED.map((name) => ({ file: testFileName(name) }))

/** A synthetic file for trying out an integration, with the outcome that it leads to in its name. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }) {
  const { file } = await params
  const name = OFFERED.find((offered) => testFileName(offered) === file)
  if (name === undefined) return new Response(null, { status: 404 })
  return new Response(await TEST_FILES[name].make(), {
    headers: {
      'Content-Type': TEST_FILES[name].extension === 'zip' ? 'application/zip' : 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file}"`,
    },
  })
}
