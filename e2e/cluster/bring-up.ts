import { readFileSync } from 'node:fs'
import { accessRules } from './access-rules.ts'
import { ApiClient } from './api-client.ts'
import { ensureBinaries } from './binaries.ts'
import { ensureCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import { ensureDebianPackages } from './debian-packages.ts'
import { ensureFleetNodes, ensureFleetPods } from './fleet.ts'
import { ensureTokens, serverUrl, writeKubeconfigs } from './identities.ts'
import { ProcessTable } from './managed-process.ts'
import type { ClusterPlan } from './options.ts'
import { clusterParts } from './parts.ts'
import { report } from './progress.ts'

/** Brings every part of the plan to where it should be, whatever is already there. */
export async function bringUp(plan: ClusterPlan): Promise<Certificates> {
  const { options } = plan
  await ensureDebianPackages(options.node)
  await ensureBinaries({ withNode: options.node })
  const certificates = await ensureCertificates(plan)
  const tokens = ensureTokens(plan)
  writeKubeconfigs(plan, certificates.ca, tokens)
  const processes = new ProcessTable(plan.paths)
  for (const spec of clusterParts(plan, certificates)) {
    report(`${spec.name}: ${await processes.ensure(spec)}`)
  }
  const api = new ApiClient(serverUrl(plan), tokens.get('seeder') ?? '', readFileSync(certificates.ca, 'utf8'))
  try {
    for (const rule of accessRules()) await api.apply(rule)
    await ensureFleetNodes(api, options.fakeNodes)
    await ensureFleetPods(api, options.fakePods)
  } finally {
    api.close()
  }
  report(`cluster ${plan.name} is up: ${serverUrl(plan)}`)
  return certificates
}
