/** In the frame of every page inside, but with nothing to wait for before it: an address that no page has is answered with 404. */
export { default } from '../(inside)/layout.tsx'
