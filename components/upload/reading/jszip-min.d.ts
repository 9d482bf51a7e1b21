/** JSZip's own build for browsers has the interface of the package, and no types of its own. */
declare module 'jszip/dist/jszip.min.js' {
  export { default } from 'jszip'
}
