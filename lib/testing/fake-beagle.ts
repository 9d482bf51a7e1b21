import { writeFile } from 'node:fs/promises'
import { imputeNothing } from './fake-engine.ts'

/** A program that is called as Java with Beagle is, and behaves as Beagle, except that it imputes nothing but REF. */
const options = new Map(
  process.argv.slice(2).flatMap((word) => {
    const [, name, value] = /^(gt|ref|out)=(.*)$/.exec(word) ?? []
    return name === undefined ? [] : [[name, value!] as const]
  }),
)
const [target, reference, out] = ['gt', 'ref', 'out'].map((name) => options.get(name))
if (!target || !reference || !out) console.log('beagle.22Jul22.46e.jar (version 5.4)')
else {
  const { sites, markers } = await imputeNothing({ target, reference, vcf: `${out}.vcf.gz` })
  await writeFile(
    `${out}.log`,
    `Reference markers: ${sites}\nStudy     markers: ${markers}\n\nbeagle.jar finished\n`,
  )
}
