import { conformsToInflateHead, conformsToInflateWhole } from '#lib/genotype/zip/inflate-head.conformance.ts'
import { ZLIB_INFLATER } from './inflate-with-zlib.ts'

conformsToInflateHead('zlib', ZLIB_INFLATER.head)
conformsToInflateWhole('zlib', ZLIB_INFLATER.whole!)
