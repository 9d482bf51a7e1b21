import { conformsToInflateHead } from '#lib/genotype/zip/inflate-head.conformance.ts'
import { inflateWithJSZip } from './inflate-with-jszip.ts'

conformsToInflateHead('JSZip', inflateWithJSZip)
