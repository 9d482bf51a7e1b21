import { conformsToInflateHead } from '#lib/genotype/inflate-head.conformance.ts'
import { inflateWithJSZip } from './inflate-with-jszip.ts'

conformsToInflateHead('JSZip', inflateWithJSZip)
