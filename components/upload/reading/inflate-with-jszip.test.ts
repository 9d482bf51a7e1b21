import { conformsToInflateHead, conformsToInflateWhole } from '#lib/genotype/zip/inflate-head.conformance.ts'
import { JSZIP_INFLATER } from './inflate-with-jszip.ts'

conformsToInflateHead('JSZip', JSZIP_INFLATER.head)
conformsToInflateWhole('JSZip', JSZIP_INFLATER.whole!)
