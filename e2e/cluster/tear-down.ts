import { ProcessTable } from './managed-process.ts'
import type { ClusterPlan } from './options.ts'
import { partNames } from './parts.ts'
import { report } from './progress.ts'

/** Stops every part in the reverse order of starting. The state stays. */
export async function tearDown(plan: ClusterPlan): Promise<void> {
  const processes = new ProcessTable(plan.paths)
  const known = new Set(processes.known())
  for (const name of [...partNames].reverse()) {
    if (!known.has(name)) continue
    await processes.stop(name)
    report(`${name}: stopped`)
  }
}
