import { programOf } from './program-of.mjs'

/** Debian's packages that bring a real S3 server. */
export const RGW_PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']

const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool']

/** Whether Ceph's programs are on PATH: a real S3 server can be started (start-rgw.mjs). */
export const rgwIsHere = (env = process.env) => PROGRAMS.every((program) => programOf([program], env))
