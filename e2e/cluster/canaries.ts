import { existsSync, readFileSync } from 'node:fs'

export interface Canary {
  /** `plural.group`, plain plural for core: as Stowage names kinds. */
  kind: string
  /** Absent for kinds that are not in namespaces. */
  namespace?: string
  /** The object's name; also in a label, an annotation and, where there are containers, their image. */
  value: string
}

export function readCanaries(file: string): Canary[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Canary[]) : []
}
